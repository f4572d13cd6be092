// /clients/12/facts : one client; the tab is a path segment
import { createFileRoute } from '@tanstack/react-router';
import { clientQuery } from '@/api/queries';
import { text } from '@/app/search';
import { ClientPage } from '@/features/clients/ClientPage';

export const Route = createFileRoute('/_app/clients/$clientId/{-$tab}')({
  validateSearch: (search: Record<string, unknown>): { fy?: string } => ({ fy: text(search.fy) }),
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(clientQuery(Number(params.clientId)));
  },
  component: ClientPage,
});
