// /events : what dates wait for over all clients, and what was recorded; all its state in the URL
import { createFileRoute } from '@tanstack/react-router';
import { awaitedQuery, recordedQuery } from '@/api/queries';
import { EventsPage } from '@/features/events/EventsPage';
import { eventSearch, toEventQuery } from '@/features/events/search';

export const Route = createFileRoute('/_app/events')({
  validateSearch: eventSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const query = toEventQuery(deps);
    void (deps.state === 'recorded'
      ? context.queryClient.prefetchQuery(recordedQuery(query))
      : context.queryClient.prefetchQuery(awaitedQuery(query)));
  },
  component: EventsPage,
});
