// The audit trail's URL and what it asks the server.
import type { JournalQuery } from '@/api/queries';
import { list, text, whole } from '@/app/search';

export type AuditSearch = {
  q?: string;
  actorId?: string[];
  action?: string[];
  /** "client" or "client:41". */
  subject?: string;
  clientId?: number;
  /** "2026-11-01..2026-11-21". */
  when?: string;
  /** The entry beside the list. */
  open?: number;
};

/** Reads the URL; what is not understood is left out. */
export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    q: text(search.q),
    actorId: list(search.actorId),
    action: list(search.action),
    subject: text(search.subject),
    clientId: whole(search.clientId),
    when: text(search.when),
    open: whole(search.open),
  };
}

/** What to ask the server for, without the page. */
export function toJournalQuery(search: AuditSearch): JournalQuery {
  const [kind, id] = (search.subject ?? '').split(':');
  const [from, to] = (search.when ?? '').split('..');
  return {
    q: search.q,
    actorId: search.actorId,
    action: search.action,
    subjectKind: kind || undefined,
    subjectId: whole(id),
    clientId: search.clientId,
    from: from || undefined,
    to: to || undefined,
  };
}
