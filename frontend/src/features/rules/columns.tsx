// The columns of the rule library. Ids are the server's sort keys.
import { Link } from '@tanstack/react-router';
import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import type { RuleRow } from '@/api/types';
import { None } from '@/components/Cells';
import type { Features } from '@/components/DataTable';
import { StateBadge } from '@/components/StatusBadge';
import { confidenceWords } from '@/lib/confidence';
import { formatCount, formatDate } from '@/lib/format';
import { FREQUENCIES, ownWords, stateLook } from './words';

const helper = createColumnHelper<Features, RuleRow>();

export const ruleColumns = helper.columns([
  helper.accessor('code', {
    id: 'code',
    header: 'Code',
    cell: ({ getValue }) => (
      <Link to="/rules/$code/{-$tab}" params={{ code: getValue() }} className="mono z-strong z-nowrap">
        {getValue()}
      </Link>
    ),
  }),
  helper.accessor('title', {
    id: 'title',
    header: 'Name',
    cell: ({ row: { original: rule } }) => (
      <div className="z-clip" style={{ maxWidth: '27ch' }} title={rule.title}>
        {rule.title}
      </div>
    ),
  }),
  helper.accessor('regulator', {
    id: 'regulator',
    header: 'Regulator',
    cell: ({ getValue }) => <span className="z-tag">{getValue()}</span>,
  }),
  helper.display({
    id: 'frequency',
    header: 'Frequency',
    enableSorting: false,
    cell: ({ row }) => (
      <span className="z-2 z-nowrap">{FREQUENCIES[row.original.frequency] ?? row.original.frequency}</span>
    ),
  }),
  helper.display({
    id: 'due',
    header: 'Due',
    enableSorting: false,
    cell: ({ row: { original: rule } }) =>
      rule.due ? (
        <div className="z-clip" style={{ maxWidth: '29ch' }} title={rule.due}>
          {rule.due}
        </div>
      ) : (
        <None />
      ),
  }),
  helper.display({
    id: 'state',
    header: 'State',
    enableSorting: false,
    cell: ({ row }) => <StateBadge look={stateLook(row.original.state)} />,
  }),
  helper.display({
    id: 'grade',
    header: 'Grade',
    enableSorting: false,
    cell: ({ row: { original: rule } }) => (
      <span className="mono" title={confidenceWords(rule.confidence)}>
        {rule.confidence}
      </span>
    ),
  }),
  helper.accessor('effectiveFrom', {
    id: 'effectiveFrom',
    header: 'Since',
    cell: ({ getValue }) =>
      getValue() ? (
        <span className="z-2 num z-nowrap">{formatDate(getValue())}</span>
      ) : (
        <span className="z-3 z-nowrap">not confirmed</span>
      ),
  }),
  helper.accessor('clients', {
    id: 'clients',
    header: 'Clients',
    meta: { align: 'right' },
    cell: ({ getValue }) => (getValue() ? <span className="num">{formatCount(getValue())}</span> : <None />),
  }),
  helper.display({
    id: 'own',
    header: 'Your setting',
    enableSorting: false,
    cell: ({ row }) => {
      const words = ownWords(row.original);
      return words ? <span className="z-nowrap">{words}</span> : <None />;
    },
  }),
]) as ColumnDef<Features, RuleRow>[];
