// What an entry is about, with the way there when it has a page.
import { Link } from '@tanstack/react-router';
import type { AuditEntry } from '@/api/types';
import { subjectWords } from './words';

export function SubjectLink({ entry }: { entry: AuditEntry }) {
  const words = subjectWords(entry.subjectKind, entry.subjectId);
  // what was refused may name a record of another firm, or none
  if (entry.action === 'access.refused') return <span>{words}</span>;
  if (entry.subjectKind === 'filing')
    return (
      <Link to="/filings/$filingId" params={{ filingId: String(entry.subjectId) }}>
        {entry.client?.name ? `${entry.client.name}, ${words.toLowerCase()}` : words}
      </Link>
    );
  // somebody about themselves: signed in, changed their password
  if (entry.subjectKind === 'user' && entry.actor?.id === entry.subjectId)
    return <span>{entry.actor.displayName}</span>;
  if (entry.subjectKind === 'proposal' && !entry.client)
    return (
      <Link to="/approvals/$approvalId" params={{ approvalId: String(entry.subjectId) }} search={{}}>
        {words}
      </Link>
    );
  if (entry.client)
    return (
      <Link to="/clients/$clientId/{-$tab}" params={{ clientId: String(entry.client.id) }}>
        {entry.client.name || words}
      </Link>
    );
  return <span>{words}</span>;
}
