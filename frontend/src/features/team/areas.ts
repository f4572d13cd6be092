// Permissions in the groups in which people look for them.
import { humanise } from '@/lib/format';

export type Named = { name: string; title: string };

const AREAS: Record<string, string> = {
  clients: 'Clients',
  filings: 'Filings',
  views: 'Filings',
  relaxations: 'Filings',
  rulebook: 'Rule library',
  approvals: 'Approvals',
  policies: 'Approvals',
  users: 'People and access',
  roles: 'People and access',
  sign_in: 'People and access',
  api_keys: 'People and access',
  journal: 'Audit trail',
  licence: 'Licence & plan',
};

/** The permissions by area, areas in the order in which they first come. */
export function byArea<T extends Named>(all: readonly T[]): { area: string; items: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const prefix = one.name.split('.')[0] ?? one.name;
    const area = AREAS[prefix] ?? humanise(prefix);
    groups.set(area, [...(groups.get(area) ?? []), one]);
  }
  return [...groups].map(([area, items]) => ({ area, items }));
}
