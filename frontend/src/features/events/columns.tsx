// The columns of both lists.
import { Link } from '@tanstack/react-router';
import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import type { AwaitedEvent, RecordedEvent } from '@/api/types';
import { DateCell } from '@/components/Cells';
import type { Features } from '@/components/DataTable';
import { formatInstant } from '@/lib/format';
import { Codes, eventName, FirstDue, Likely } from './words';

const awaited = createColumnHelper<Features, AwaitedEvent>();
const recorded = createColumnHelper<Features, RecordedEvent>();

export function ClientLink({ id, name }: { id: number; name: string }) {
  return (
    <div className="z-clip">
      <Link
        to="/clients/$clientId/{-$tab}"
        params={{ clientId: String(id), tab: 'events' }}
        className="z-strong"
        title={name}
      >
        {name}
      </Link>
    </div>
  );
}

/** Awaited events on a day. */
export function awaitedColumns(today: string): ColumnDef<Features, AwaitedEvent>[] {
  return awaited.columns([
    awaited.display({
      id: 'client',
      header: 'Client',
      meta: { grow: true },
      cell: ({ row: { original: one } }) => <ClientLink id={one.clientId} name={one.clientName} />,
    }),
    awaited.display({
      id: 'event',
      header: 'Event',
      cell: ({ row: { original: one } }) => (
        <span className="z-clip" style={{ display: 'block' }} title={eventName(one)}>
          {one.title} <span className="z-2">{one.periodLabel}</span>
        </span>
      ),
    }),
    awaited.display({
      id: 'likely',
      header: 'Likely',
      cell: ({ row }) => <Likely event={row.original} today={today} />,
    }),
    awaited.display({
      id: 'hangs',
      header: 'What hangs on it',
      cell: ({ row }) => <Codes filings={row.original.filings} />,
    }),
    awaited.display({
      id: 'first',
      header: 'First due',
      cell: ({ row }) => <FirstDue filings={row.original.filings} />,
    }),
  ]) as ColumnDef<Features, AwaitedEvent>[];
}

/** Recorded events. */
export const recordedColumns = recorded.columns([
  recorded.display({
    id: 'client',
    header: 'Client',
    meta: { grow: true },
    cell: ({ row: { original: one } }) => <ClientLink id={one.clientId} name={one.clientName} />,
  }),
  recorded.display({
    id: 'event',
    header: 'Event',
    cell: ({ row: { original: one } }) => (
      <span className="z-clip" style={{ display: 'block' }} title={one.note || one.title}>
        {one.title} {one.forPeriod && <span className="z-2">FY {one.forPeriod}</span>}
      </span>
    ),
  }),
  recorded.display({ id: 'on', header: 'On', cell: ({ row }) => <DateCell date={row.original.on} /> }),
  recorded.display({
    id: 'follows',
    header: 'What follows it',
    cell: ({ row }) => <Codes filings={row.original.filings} />,
  }),
  recorded.display({
    id: 'first',
    header: 'First due',
    cell: ({ row }) => <FirstDue filings={row.original.filings} />,
  }),
  recorded.display({
    id: 'by',
    header: 'Recorded',
    cell: ({ row: { original: one } }) => (
      <span className="z-2 z-nowrap">
        {one.recordedBy?.displayName ?? 'ZippCRM'}, {formatInstant(one.recordedAt)}
      </span>
    ),
  }),
]) as ColumnDef<Features, RecordedEvent>[];
