// The compliance calendar: four views of the same filings under the same filters.
import { Button } from '@mantine/core';
import { IconCalendarShare, IconPrinter } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useCan, useMe } from '@/app/me';
import { useLandscape } from '@/app/print';
import { LinkTabs } from '@/components/LinkTabs';
import { Page } from '@/components/Page';
import { RowsSkeleton } from '@/components/Skeletons';
import { type CalendarSearch, VIEWS } from './search';

const CalendarFilters = lazy(() => import('./CalendarFilters'));
const MonthView = lazy(() => import('./MonthView'));
const Agenda = lazy(() => import('./Agenda'));
const MatrixView = lazy(() => import('./MatrixView'));
const SubscribeDialog = lazy(() => import('./subscribe/SubscribeDialog'));
const WorkloadView = lazy(() => import('./WorkloadView'));
const route = getRouteApi('/_app/calendar');

/** What every view of the calendar gets. */
export type ViewProps = {
  search: CalendarSearch;
  today: string;
  change: (part: Partial<CalendarSearch>) => void;
};

export function CalendarPage() {
  const me = useMe();
  const can = useCan();
  const search = route.useSearch();
  const navigate = useNavigate();
  const [subscribing, setSubscribing] = useState(false);
  const view = search.view ?? 'month';
  const change = (part: Partial<CalendarSearch>) =>
    void navigate({ to: '/calendar', search: { ...search, page: undefined, ...part }, replace: !part.day });
  useLandscape(view !== 'agenda');
  const props: ViewProps = { search, today: me.today, change };
  return (
    <Page
      title="Calendar"
      crumbs={[{ label: 'Compliance' }]}
      flush
      actions={
        <>
          <Button variant="default" leftSection={<IconCalendarShare size={14} />} onClick={() => setSubscribing(true)}>
            Subscribe
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={14} />} onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <LinkTabs
        label="Views"
        current={view}
        items={[
          ...VIEWS.map(({ key, title }) => ({
            key,
            title,
            to: '/calendar',
            search: { ...search, view: key === 'month' ? undefined : key, page: undefined, day: undefined },
          })),
          ...(can('clients.view') ? [{ key: 'events', title: 'Events', to: '/events' }] : []),
        ]}
      />
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <CalendarFilters {...props} />
      </Suspense>
      <Suspense fallback={<RowsSkeleton rows={10} />}>
        {view === 'month' && <MonthView {...props} />}
        {view === 'agenda' && <Agenda {...props} />}
        {view === 'matrix' && <MatrixView {...props} />}
        {view === 'workload' && <WorkloadView {...props} />}
      </Suspense>
      {subscribing && (
        <Suspense fallback={null}>
          <SubscribeDialog search={search} onClose={() => setSubscribing(false)} />
        </Suspense>
      )}
    </Page>
  );
}
