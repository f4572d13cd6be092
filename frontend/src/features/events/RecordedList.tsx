// Events that were recorded, newest first; those selected can be taken back together.
import { IconArrowBackUp, IconCalendarCheck, IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { recordedQuery } from '@/api/queries';
import type { RecordedEvent } from '@/api/types';
import { keysOn, useMe } from '@/app/me';
import { useCanChange } from '@/app/writing';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { formatDate } from '@/lib/format';
import { recordedColumns } from './columns';
import type { ListProps } from './EventsPage';
import { SelectedBar } from './SelectedBar';
import { EVENT_SIZE, isNarrowed, toEventQuery } from './search';
import { usePicked } from './usePicked';
import { Codes } from './words';

const EventFilters = lazy(() => import('./EventFilters'));
const TakeBackDialog = lazy(() => import('./TakeBackDialog'));

const keyOf = (one: RecordedEvent) => String(one.id);
const nameOf = (one: RecordedEvent) => `${one.title} on ${formatDate(one.on)}, ${one.clientName}`;

export function RecordedList({ search, today, change }: ListProps) {
  const me = useMe();
  const edit = useCanChange()('clients.edit');
  const navigate = useNavigate();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(recordedQuery(toEventQuery(search)));
  const { rows, clear, selection } = usePicked(data?.items, keyOf, nameOf);
  const [going, setGoing] = useState<RecordedEvent[] | null>(null);
  const open = (one: RecordedEvent) => {
    if (edit) setGoing([one]);
    else void navigate({ to: '/clients/$clientId/{-$tab}', params: { clientId: String(one.clientId), tab: 'events' } });
  };
  return (
    <>
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <EventFilters
          search={search}
          today={today}
          names={new Map(data?.items.map((one) => [one.clientId, one.clientName]))}
          onChange={(part) => {
            clear();
            change(part);
          }}
        />
      </Suspense>
      {error && !data ? (
        <div style={{ padding: 'var(--z-page-x)' }}>
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        </div>
      ) : (
        <DataTable
          caption="Recorded events"
          columns={recordedColumns}
          rows={data?.items}
          rowKey={keyOf}
          onOpen={open}
          keys={keysOn(me)}
          sort={[]}
          onSort={() => undefined}
          selection={edit ? selection : undefined}
          bar={
            rows.length > 0 ? (
              <SelectedBar count={rows.length} onClear={clear}>
                <button type="button" onClick={() => setGoing(rows)}>
                  <IconArrowBackUp size={16} aria-hidden="true" /> Take back
                </button>
              </SelectedBar>
            ) : undefined
          }
          page={search.page ?? 1}
          perPage={search.size ?? EVENT_SIZE}
          total={data?.total ?? 0}
          onPage={(page) => change({ page: page === 1 ? undefined : page })}
          onPerPage={(size) => change({ size: size === EVENT_SIZE ? undefined : size })}
          busy={isFetching && isPlaceholderData}
          renderCard={(one) => (
            <button type="button" className={cardClass} onClick={() => open(one)}>
              <span className="z-between">
                <span className="z-strong z-clip">{one.clientName}</span>
                <span className="num z-nowrap">{formatDate(one.on)}</span>
              </span>
              <span className="z-between z-2">
                <span className="z-nowrap">
                  {one.title}
                  {one.forPeriod && `, FY ${one.forPeriod}`}
                </span>
                <Codes filings={one.filings} />
              </span>
            </button>
          )}
          empty={
            isNarrowed(search) ? (
              <EmptyNote icon={IconFilterOff} text="No recorded event matches these filters." />
            ) : (
              <EmptyNote icon={IconCalendarCheck} text="No event is recorded yet." />
            )
          }
        />
      )}
      {going && (
        <Suspense fallback={null}>
          <TakeBackDialog
            rows={going}
            onClose={() => setGoing(null)}
            onDone={() => {
              setGoing(null);
              clear();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
