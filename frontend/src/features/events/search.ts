// The register's URL and what it asks the server.
import type { EventListQuery } from '@/api/queries';
import { list, text, whole } from '@/app/search';
import { dueRange } from '@/features/filings/search';

export type EventSearch = {
  /** Absent: awaited events. */
  state?: 'recorded';
  q?: string;
  kind?: string[];
  clientId?: string[];
  /** Who does the waiting filings; of a recorded event, who recorded it. */
  assigneeId?: string[];
  /** "2026-10-01..2026-11-30", either side may be open. */
  due?: string;
  page?: number;
  size?: number;
};

export const EVENT_SIZE = 50;

/** Reads the URL; what is not understood is left out. */
export function eventSearch(search: Record<string, unknown>): EventSearch {
  const due = text(search.due);
  return {
    state: search.state === 'recorded' ? 'recorded' : undefined,
    q: text(search.q),
    kind: list(search.kind),
    clientId: list(search.clientId),
    assigneeId: list(search.assigneeId),
    due: due && /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/.test(due) && due !== '..' ? due : undefined,
    page: whole(search.page, 2),
    size: whole(search.size),
  };
}

/** True when the list is narrowed. */
export const isNarrowed = ({ q, kind, clientId, assigneeId, due }: EventSearch): boolean =>
  Boolean(q || kind || clientId || assigneeId || due);

/** What to ask the server for. */
export function toEventQuery(search: EventSearch): EventListQuery {
  const { from, to } = dueRange(search.due);
  return {
    q: search.q,
    kind: search.kind,
    clientId: search.clientId?.map(Number).filter(Number.isInteger),
    assigneeId: search.assigneeId,
    from,
    to,
    page: search.page ?? 1,
    perPage: search.size ?? EVENT_SIZE,
  };
}
