// The columns of the filings list. Ids are the server's sort keys.
import { Link } from '@tanstack/react-router';
import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import type { Filing } from '@/api/types';
import { ChecklistCell, DateCell, DueCell, LateCostCell, None } from '@/components/Cells';
import type { Features } from '@/components/DataTable';
import { Initials } from '@/components/Initials';
import { RegulatorTag, regulatorWords } from '@/components/RegulatorTag';
import { StatusBadge } from '@/components/StatusBadge';
import { formatInstant, shortClientName } from '@/lib/format';

const helper = createColumnHelper<Features, Filing>();

/** Columns a person may hide, with their names. */
export const HIDEABLE = [
  { id: 'clientName', title: 'Client' },
  { id: 'regulator', title: 'Regulator' },
  { id: 'periodEnd', title: 'Period' },
  { id: 'dueOn', title: 'Due' },
  { id: 'status', title: 'Status' },
  { id: 'checklist', title: 'Checklist' },
  { id: 'assignee', title: 'Assignee' },
  { id: 'costPerDay', title: 'Late cost/day' },
  { id: 'filedOn', title: 'Filed on' },
  { id: 'ack', title: 'Ack. no.' },
  { id: 'updatedAt', title: 'Updated' },
];

const cache = new Map<string, ColumnDef<Features, Filing>[]>();

/** The columns for a given today; the same array for the same day, as the table asks for. */
export function filingColumns(today: string): ColumnDef<Features, Filing>[] {
  const known = cache.get(today);
  if (known) return known;
  const columns = helper.columns([
    helper.display({
      id: 'code',
      header: 'Return',
      enableSorting: true,
      meta: { grow: true },
      cell: ({ row: { original: filing } }) => (
        <span className="z-row">
          <RegulatorTag tag={filing.regulator} />
          <Link
            to="/filings/$filingId"
            params={{ filingId: String(filing.id) }}
            className="z-clip"
            title={filing.title}
          >
            <span className="z-strong">{filing.code}</span> <span className="z-2">{filing.title}</span>
          </Link>
        </span>
      ),
    }),
    helper.accessor('clientName', {
      id: 'clientName',
      header: 'Client',
      cell: ({ row: { original: filing } }) => (
        <div className="z-clip" style={{ maxWidth: 172 }} title={filing.clientName}>
          {shortClientName(filing.clientName)}
        </div>
      ),
    }),
    helper.accessor('regulator', {
      id: 'regulator',
      header: 'Regulator',
      enableSorting: false,
      cell: ({ getValue }) => regulatorWords(getValue()),
    }),
    helper.accessor('periodLabel', {
      id: 'periodEnd',
      header: 'Period',
      // the longest labels are reference dates
      cell: ({ getValue }) => (
        <div className="z-2 z-clip" style={{ maxWidth: 124 }} title={getValue()}>
          {getValue()}
        </div>
      ),
    }),
    helper.accessor('legalDueOn', {
      id: 'dueOn',
      header: 'Due',
      cell: ({ row: { original: filing } }) => <DueCell filing={filing} today={today} />,
    }),
    helper.display({
      id: 'status',
      header: 'Status',
      enableSorting: false,
      meta: { width: '146px' },
      cell: ({ row: { original: filing } }) => <StatusBadge status={filing.status} />,
    }),
    helper.display({
      id: 'checklist',
      header: 'Checklist',
      enableSorting: false,
      cell: ({ row: { original: filing } }) => (
        <ChecklistCell done={filing.checklistDone} total={filing.checklistTotal} />
      ),
    }),
    helper.display({
      id: 'assignee',
      header: 'Assignee',
      enableSorting: false,
      cell: ({ row: { original: filing } }) =>
        filing.assignee ? <Initials name={filing.assignee.displayName} quiet={false} /> : <None />,
    }),
    helper.display({
      id: 'costPerDay',
      header: 'Late cost/day',
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row: { original: filing } }) => <LateCostCell filing={filing} />,
    }),
    helper.display({
      id: 'filedOn',
      header: 'Filed on',
      enableSorting: false,
      cell: ({ row: { original: filing } }) => <DateCell date={filing.filedOn} />,
    }),
    helper.display({
      id: 'ack',
      header: 'Ack. no.',
      enableSorting: false,
      cell: ({ row: { original: filing } }) =>
        filing.acknowledgementNo ? <span className="mono">{filing.acknowledgementNo}</span> : <None />,
    }),
    helper.accessor('updatedAt', {
      id: 'updatedAt',
      header: 'Updated',
      cell: ({ getValue }) => <span className="z-2 num z-nowrap">{formatInstant(getValue(), { short: true })}</span>,
    }),
  ]) as ColumnDef<Features, Filing>[];
  cache.clear();
  cache.set(today, columns);
  return columns;
}
