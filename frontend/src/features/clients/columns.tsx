// The columns of the clients list. Ids are the server's sort keys.
import { Link } from '@tanstack/react-router';
import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import type { ClientSummary } from '@/api/types';
import { None } from '@/components/Cells';
import type { Features } from '@/components/DataTable';
import { Initials } from '@/components/Initials';
import { StateBadge } from '@/components/StatusBadge';
import { clientLook, entityTitle, riskLook } from '@/lib/clientStatus';
import { formatCount, formatInstant, shortClientName } from '@/lib/format';

const helper = createColumnHelper<Features, ClientSummary>();

/** Columns a person may hide, with their names. */
export const HIDEABLE = [
  { id: 'entityType', title: 'Type' },
  { id: 'regulators', title: 'Regulators' },
  { id: 'pan', title: 'PAN' },
  { id: 'risk', title: 'Risk' },
  { id: 'owner', title: 'Owner' },
  { id: 'updatedAt', title: 'Updated' },
];

export const clientColumns = helper.columns([
  helper.accessor('clientName', {
    id: 'clientName',
    header: 'Client',
    cell: ({ row: { original: client } }) => (
      <div className="z-clip">
        <Link
          to="/clients/$clientId/{-$tab}"
          params={{ clientId: String(client.id) }}
          className="z-strong"
          title={client.clientName}
        >
          {shortClientName(client.clientName, client.shortName)}
        </Link>
      </div>
    ),
  }),
  helper.display({
    id: 'entityType',
    header: 'Type',
    enableSorting: false,
    cell: ({ row }) => <span className="z-2 z-nowrap">{entityTitle(row.original.entityType)}</span>,
  }),
  helper.display({
    id: 'regulators',
    header: 'Regulators',
    enableSorting: false,
    cell: ({ row: { original: client } }) =>
      client.regulators.length ? (
        <span className="z-row" style={{ gap: 4 }}>
          {client.regulators.map((regulator) => (
            <span key={regulator} className="z-tag">
              {regulator}
            </span>
          ))}
        </span>
      ) : (
        <None />
      ),
  }),
  helper.display({
    id: 'pan',
    header: 'PAN',
    enableSorting: false,
    cell: ({ row }) => (row.original.pan ? <span className="mono">{row.original.pan}</span> : <None />),
  }),
  helper.display({
    id: 'risk',
    header: 'Risk',
    enableSorting: false,
    cell: ({ row }) => (row.original.riskRating ? <StateBadge look={riskLook(row.original.riskRating)} /> : <None />),
  }),
  helper.display({
    id: 'status',
    header: 'Status',
    enableSorting: false,
    cell: ({ row }) => <StateBadge look={clientLook(row.original.status)} />,
  }),
  helper.accessor('openFilings', {
    id: 'openFilings',
    header: 'Open filings',
    meta: { align: 'right' },
    cell: ({ getValue }) => <span className="num">{formatCount(getValue())}</span>,
  }),
  helper.accessor('pastDue', {
    id: 'pastDue',
    header: 'Past due',
    meta: { align: 'right' },
    cell: ({ getValue }) =>
      getValue() ? <span className="num z-late z-strong">{formatCount(getValue())}</span> : <None />,
  }),
  helper.display({
    id: 'owner',
    header: 'Owner',
    enableSorting: false,
    cell: ({ row }) =>
      row.original.owner ? <Initials name={row.original.owner.displayName} quiet={false} /> : <None />,
  }),
  helper.accessor('updatedAt', {
    id: 'updatedAt',
    header: 'Updated',
    cell: ({ getValue }) => <span className="z-2 num z-nowrap">{formatInstant(getValue(), { short: true })}</span>,
  }),
]) as ColumnDef<Features, ClientSummary>[];
