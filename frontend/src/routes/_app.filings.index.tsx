// /filings : the list, with all its state in the URL
import { createFileRoute } from '@tanstack/react-router';
import { filingsQuery } from '@/api/queries';
import { FilingsPage } from '@/features/filings/FilingsPage';
import { filingSearch, toFilingQuery } from '@/features/filings/search';

export const Route = createFileRoute('/_app/filings/')({
  validateSearch: filingSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(filingsQuery(toFilingQuery(deps)));
  },
  component: FilingsPage,
});
