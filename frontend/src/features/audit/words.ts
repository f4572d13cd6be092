// The audit trail in words.
import type { AuditEntry } from '@/api/types';
import { humanise } from '@/lib/format';

const KINDS: Record<string, string> = {
  client: 'Client',
  filing: 'Filing',
  firm: 'Firm',
  import: 'Import',
  relaxation: 'Relaxation',
  session: 'Session',
  user: 'Person',
  view: 'View',
  feed: 'Calendar link',
  proposal: 'Approval',
};

/** Kinds with a page of their own, where the number in the address helps to find it again. */
const NUMBERED = ['client', 'filing', 'import', 'relaxation', 'proposal'];

/** "Client 41"; what has no page has no number that anybody knows. */
export function subjectWords(kind: string, id: number): string {
  const name = KINDS[kind] ?? humanise(kind);
  return NUMBERED.includes(kind) ? `${name} ${id}` : name;
}

/** Kinds that the filter offers. */
export const SUBJECTS = Object.entries(KINDS).map(([value, label]) => ({ value, label }));

/** "clients.update" as "Clients: update". */
export function actionWords(action: string): string {
  const [area = action, verb = ''] = action.split('.');
  return verb ? `${humanise(area)}: ${humanise(verb).toLowerCase()}` : humanise(area);
}

/** Who did it, and for whom. */
export function actorWords(entry: AuditEntry): string {
  const who = entry.actor?.displayName ?? 'ZippCRM';
  return entry.actingFor ? `${who} for ${entry.actingFor.displayName}` : who;
}
