// The filings list's URL and what it asks the server.
import type { FilingListQuery } from '@/api/queries';
import { list, text, whole } from '@/app/search';
import { isSpan } from '@/lib/dueSpans';

export type FilingSearch = {
  view?: string;
  /** The saved view that this list came from. */
  saved?: number;
  q?: string;
  status?: string[];
  regulator?: string[];
  clientId?: string[];
  code?: string[];
  assigneeId?: string[];
  /** Open ones in these hands: ours, client, checker, regulator. */
  heldBy?: string[];
  /** "2026-10-01..2026-11-30", either side may be open; or a span that moves with the day, "next30". */
  due?: string;
  fy?: string;
  sort?: string[];
  hide?: string[];
  /** Columns in a person's order. */
  cols?: string[];
  rows?: string;
  page?: number;
  size?: number;
  /** The filing that is shown beside the list. */
  open?: number;
};

export const VIEWS = [
  { key: 'open', title: 'Open' },
  { key: 'due7', title: 'Due in 7 days' },
  { key: 'pastDue', title: 'Past due' },
  { key: 'filed', title: 'Filed' },
  { key: 'all', title: 'All' },
] as const;

export type ViewKey = (typeof VIEWS)[number]['key'];

export const DEFAULT_SORT = ['dueOn'];
export const DEFAULT_SIZE = 50;

const DATES = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/;

/** Reads the URL; what is not understood is left out. */
export function filingSearch(search: Record<string, unknown>): FilingSearch {
  const due = text(search.due);
  const rows = text(search.rows);
  return {
    view: VIEWS.find((view) => view.key === search.view)?.key,
    saved: whole(search.saved),
    q: text(search.q),
    status: list(search.status),
    regulator: list(search.regulator),
    clientId: list(search.clientId),
    code: list(search.code),
    assigneeId: list(search.assigneeId),
    heldBy: list(search.heldBy),
    due: due && (isSpan(due) || (DATES.test(due) && due !== '..')) ? due : undefined,
    fy: text(search.fy),
    sort: list(search.sort),
    hide: list(search.hide),
    cols: list(search.cols),
    rows: rows === 'compact' || rows === 'tall' ? rows : undefined,
    page: whole(search.page, 2),
    size: whole(search.size),
    open: whole(search.open),
  };
}

/** True when the list is narrowed by anything but its view. */
export function isFiltered(search: FilingSearch): boolean {
  const { q, status, regulator, clientId, code, assigneeId, heldBy, due, fy } = search;
  return Boolean(q || status || regulator || clientId || code || assigneeId || heldBy || due || fy);
}

/** The view in force: the one named, else Open; but filters by status look at everything. */
export function viewOf(search: FilingSearch): ViewKey {
  const named = VIEWS.find((view) => view.key === search.view)?.key;
  return named ?? (search.status ? 'all' : 'open');
}

/** Columns left out: what the person chose, else what the view does not need. */
export function hiddenColumns(search: FilingSearch): string[] {
  if (search.hide) return search.hide;
  const rare = ['regulator', 'updatedAt'];
  return viewOf(search) === 'filed' ? ['checklist', ...rare] : ['filedOn', 'ack', ...rare];
}

/** Both ends of the due range. */
export function dueRange(due: string | undefined): { from?: string; to?: string } {
  const [from, to] = (due ?? '').split('..');
  return { from: from || undefined, to: to || undefined };
}

/** The filters of the list, as the server reads them: no order, no page. */
export function toFilter(search: FilingSearch): FilingListQuery {
  const span = search.due && isSpan(search.due) ? search.due : undefined;
  const { from, to } = dueRange(span ? undefined : search.due);
  return {
    view: viewOf(search),
    q: search.q,
    status: search.status,
    regulator: search.regulator,
    clientId: search.clientId?.map(Number).filter(Number.isInteger),
    code: search.code,
    assigneeId: search.assigneeId,
    heldBy: search.heldBy,
    due: span,
    dueFrom: from,
    dueTo: to,
    fy: search.fy,
  };
}

/** What to ask the server for. */
export function toFilingQuery(search: FilingSearch): FilingListQuery {
  return {
    ...toFilter(search),
    sort: (search.sort ?? DEFAULT_SORT).join(','),
    page: search.page ?? 1,
    perPage: search.size ?? DEFAULT_SIZE,
  };
}
