// Events over all clients: what dates wait for, and what was recorded. The server filters, counts and pages.
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMe } from '@/app/me';
import { LinkTabs } from '@/components/LinkTabs';
import { Page } from '@/components/Page';
import { AwaitedList } from './AwaitedList';
import { RecordedList } from './RecordedList';
import type { EventSearch } from './search';

const route = getRouteApi('/_app/events');

export type ListProps = {
  search: EventSearch;
  today: string;
  change: (part: Partial<EventSearch>) => void;
};

export function EventsPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const recorded = search.state === 'recorded';
  const change = (part: Partial<EventSearch>) =>
    void navigate({ to: '/events', search: { ...search, page: undefined, ...part }, replace: true });
  const props: ListProps = { search, today: me.today, change };
  return (
    <Page
      title="Events"
      crumbs={[{ label: 'Calendar', to: '/calendar' }]}
      sub={
        recorded
          ? 'What was recorded, newest first, with the filings that follow it. Taking one back puts their dates back.'
          : 'Dates that wait for something to happen. Record the day once, for one client or for many, and their filings are re-dated.'
      }
      flush
    >
      <LinkTabs
        label="Lists"
        current={recorded ? 'recorded' : 'awaited'}
        items={[
          { key: 'awaited', title: 'Awaited', to: '/events', search: { q: search.q, kind: search.kind } },
          {
            key: 'recorded',
            title: 'Recorded',
            to: '/events',
            search: { state: 'recorded', q: search.q, kind: search.kind },
          },
        ]}
      />
      {recorded ? <RecordedList {...props} /> : <AwaitedList {...props} />}
    </Page>
  );
}
