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

/** "Client 41"; the firm itself has no number. */
export function subjectWords(kind: string, id: number): string {
  const name = KINDS[kind] ?? humanise(kind);
  return kind === 'firm' ? name : `${name} ${id}`;
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
