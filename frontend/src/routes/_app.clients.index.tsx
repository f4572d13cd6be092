// /clients : the list, with all its state in the URL
import { createFileRoute } from '@tanstack/react-router';
import { clientsQuery } from '@/api/queries';
import { ClientsPage } from '@/features/clients/ClientsPage';
import { clientSearch, toClientQuery } from '@/features/clients/search';

export const Route = createFileRoute('/_app/clients/')({
  validateSearch: clientSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(clientsQuery(toClientQuery(deps)));
  },
  component: ClientsPage,
});
