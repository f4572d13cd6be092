// /filings/123 : one filing
import { createFileRoute } from '@tanstack/react-router';
import { filingQuery } from '@/api/queries';
import { FilingPage } from '@/features/filings/FilingPage';

export const Route = createFileRoute('/_app/filings/$filingId')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(filingQuery(Number(params.filingId)));
  },
  component: FilingPage,
});
