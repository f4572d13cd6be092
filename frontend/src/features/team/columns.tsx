// The columns of the list of people, and how it is sorted: the whole team is here, so no server is asked.
import { IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { createColumnHelper } from '@tanstack/react-table';
import type { Member } from '@/api/types';
import { roleTitle } from '@/app/me';
import type { Features } from '@/components/DataTable';
import { formatCount, formatInstant } from '@/lib/format';

const helper = createColumnHelper<Features, Member>();

/** What the firm calls the role. */
export const roleOf = (member: Member): string => member.roleName ?? roleTitle(member.role);

/** When they were here last, in words. */
export const seenWords = (member: Member): string =>
  member.active ? (member.lastSeenAt ? formatInstant(member.lastSeenAt) : 'Never signed in') : 'Deactivated';

export const TEAM_COLUMNS = [
  { id: 'email', title: 'E-mail' },
  { id: 'role', title: 'Role' },
  { id: 'secondFactor', title: 'Second factor' },
  { id: 'openFilings', title: 'Open filings' },
  { id: 'clients', title: 'Clients' },
  { id: 'lastSeenAt', title: 'Last seen' },
];

export const teamColumns = (self: number, menu: (member: Member) => React.ReactNode) =>
  helper.columns([
    helper.accessor('displayName', {
      id: 'displayName',
      header: 'Name',
      meta: { grow: true },
      cell: ({ row: { original: member } }) => (
        <span className="z-nowrap">
          <Link
            to="/audit"
            search={{ actorId: [String(member.id)] }}
            className="z-strong z-ink"
            title={`What ${member.displayName} did`}
          >
            {member.displayName}
          </Link>
          {member.id === self && <span className="z-2"> (you)</span>}
        </span>
      ),
    }),
    helper.accessor('email', {
      id: 'email',
      header: 'E-mail',
      cell: ({ row: { original: member } }) => <span className="z-2 z-nowrap">{member.email}</span>,
    }),
    helper.accessor(roleOf, {
      id: 'role',
      header: 'Role',
      cell: ({ row: { original: member } }) => <span className="z-nowrap">{roleOf(member)}</span>,
    }),
    helper.accessor('secondFactor', {
      id: 'secondFactor',
      header: 'Second factor',
      cell: ({ row: { original: member } }) =>
        member.secondFactor ? (
          <span className="z-row" style={{ gap: 4 }}>
            <IconShieldCheck size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} /> On
          </span>
        ) : (
          <span className="z-2">Off</span>
        ),
    }),
    helper.accessor('openFilings', {
      id: 'openFilings',
      header: 'Open filings',
      meta: { align: 'right' },
      cell: ({ row: { original: member } }) => formatCount(member.openFilings),
    }),
    helper.accessor('clients', {
      id: 'clients',
      header: 'Clients',
      meta: { align: 'right' },
      cell: ({ row: { original: member } }) => formatCount(member.clients),
    }),
    helper.accessor('lastSeenAt', {
      id: 'lastSeenAt',
      header: 'Last seen',
      cell: ({ row: { original: member } }) => <span className="z-2 z-nowrap">{seenWords(member)}</span>,
    }),
    helper.display({
      id: 'menu',
      header: () => <span className="z-hide">Actions</span>,
      enableSorting: false,
      meta: { width: '44px' },
      cell: ({ row: { original: member } }) => menu(member),
    }),
  ]);

const KEYS: Record<string, (member: Member) => string | number> = {
  displayName: (member) => member.displayName.toLowerCase(),
  email: (member) => member.email ?? '',
  role: roleOf,
  secondFactor: (member) => (member.secondFactor ? 1 : 0),
  openFilings: (member) => member.openFilings,
  clients: (member) => member.clients,
  lastSeenAt: (member) => member.lastSeenAt ?? '',
};

/** The people in the order of the address; who left comes last, names settle what is equal. */
export function sortTeam(members: readonly Member[], sort: readonly string[]): Member[] {
  const steps = [...sort, 'displayName'].flatMap((key) => {
    const read = KEYS[key.replace(/^-/, '')];
    return read ? [{ read, way: key.startsWith('-') ? -1 : 1 }] : [];
  });
  return [...members].sort((a, b) => {
    if (a.active !== b.active) return a.active ? -1 : 1;
    for (const { read, way } of steps) {
      const [x, y] = [read(a), read(b)];
      if (x !== y) return x < y ? -way : way;
    }
    return 0;
  });
}
