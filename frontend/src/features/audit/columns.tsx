// The columns of the audit trail.
import { Link } from '@tanstack/react-router';
import { createColumnHelper } from '@tanstack/react-table';
import type { AuditEntry } from '@/api/types';
import { None } from '@/components/Cells';
import type { Features } from '@/components/DataTable';
import { CopyText } from '@/components/Identifier';
import { formatInstant } from '@/lib/format';
import classes from './Audit.module.css';
import { SubjectLink } from './SubjectLink';
import { actorWords } from './words';

const helper = createColumnHelper<Features, AuditEntry>();

export const auditColumns = helper.columns([
  helper.display({
    id: 'at',
    header: 'When',
    enableSorting: false,
    cell: ({ row: { original: entry } }) => (
      <Link
        to="/audit"
        search={(now: Record<string, unknown>) => ({ ...now, open: entry.id })}
        className="num z-nowrap"
        aria-label={`Entry ${entry.id}, ${formatInstant(entry.at)}`}
      >
        {formatInstant(entry.at)}
      </Link>
    ),
  }),
  helper.display({
    id: 'who',
    header: 'Who',
    enableSorting: false,
    cell: ({ row: { original: entry } }) => <span className="z-strong z-nowrap">{actorWords(entry)}</span>,
  }),
  helper.display({
    id: 'text',
    header: 'What',
    enableSorting: false,
    meta: { grow: true },
    cell: ({ row: { original: entry } }) => (
      <div className="z-clip" title={entry.text}>
        {entry.text}
      </div>
    ),
  }),
  helper.display({
    id: 'subject',
    header: 'Object',
    enableSorting: false,
    cell: ({ row: { original: entry } }) => (
      <span className={classes.subject} title={entry.client?.name ?? undefined}>
        <SubjectLink entry={entry} />
      </span>
    ),
  }),
  helper.display({
    id: 'from',
    header: 'From',
    enableSorting: false,
    cell: ({ row: { original: entry } }) =>
      entry.address ? <span className="mono z-2 z-nowrap">{entry.address}</span> : <None />,
  }),
  helper.display({
    id: 'hash',
    header: 'Hash',
    enableSorting: false,
    cell: ({ row: { original: entry } }) =>
      entry.hash ? (
        <span className="z-row">
          <span className="mono z-2">{entry.hash.slice(0, 8)}</span>
          <CopyText value={entry.hash} label="hash" />
        </span>
      ) : (
        <span className="z-2 z-nowrap">Not sealed yet</span>
      ),
  }),
]);
