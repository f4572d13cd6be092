// Events that dates wait for: select those of one kind and year and record their day together.
import { IconCalendarCheck, IconCircleCheckFilled, IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { awaitedQuery } from '@/api/queries';
import type { AwaitedEvent } from '@/api/types';
import { keysOn, useMe } from '@/app/me';
import { useCanChange } from '@/app/writing';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { failed } from '@/lib/notify';
import { awaitedColumns } from './columns';
import type { ListProps } from './EventsPage';
import { SelectedBar } from './SelectedBar';
import { EVENT_SIZE, isNarrowed, toEventQuery } from './search';
import { usePicked } from './usePicked';
import { Codes, eventName, keyOf, Likely } from './words';

const EventFilters = lazy(() => import('./EventFilters'));
const RecordDialog = lazy(() => import('./RecordDialog'));

const nameOf = (one: AwaitedEvent) => `${eventName(one)}, ${one.clientName}`;

export function AwaitedList({ search, today, change }: ListProps) {
  const me = useMe();
  const edit = useCanChange()('clients.edit');
  const navigate = useNavigate();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(awaitedQuery(toEventQuery(search)));
  const { rows, clear, selection } = usePicked(data?.items, keyOf, nameOf);
  const [recording, setRecording] = useState<AwaitedEvent[] | null>(null);

  const open = (one: AwaitedEvent) => {
    if (edit) setRecording([one]);
    else void navigate({ to: '/clients/$clientId/{-$tab}', params: { clientId: String(one.clientId), tab: 'events' } });
  };
  const record = () => {
    const alike = rows.every((one) => one.kind === rows[0]?.kind && one.forPeriod === rows[0]?.forPeriod);
    if (alike) setRecording(rows);
    else failed(new Error('Choose events of one kind and one year to record them together.'));
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
          caption="Awaited events"
          columns={awaitedColumns(today)}
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
                <button type="button" onClick={record}>
                  <IconCalendarCheck size={16} aria-hidden="true" /> Record the date
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
                <Likely event={one} today={today} />
              </span>
              <span className="z-between z-2">
                <span className="z-nowrap">{eventName(one)}</span>
                <Codes filings={one.filings} />
              </span>
            </button>
          )}
          empty={
            isNarrowed(search) ? (
              <EmptyNote icon={IconFilterOff} text="No awaited event matches these filters." />
            ) : (
              <EmptyNote icon={IconCircleCheckFilled} text="No date waits for an event." />
            )
          }
        />
      )}
      {recording && (
        <Suspense fallback={null}>
          <RecordDialog
            rows={recording}
            today={today}
            onClose={() => setRecording(null)}
            onDone={() => {
              setRecording(null);
              clear();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
