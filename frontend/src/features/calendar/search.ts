// The calendar's URL. The filters are those of the filings list, so that a switch of view or a click on a number keeps them.
import type { FilingListQuery } from '@/api/queries';
import { list, text, whole } from '@/app/search';
import type { FilingSearch } from '@/features/filings/search';
import { isMonth, monthRange } from '@/lib/months';

export const VIEWS = [
  { key: 'month', title: 'Month' },
  { key: 'agenda', title: 'Agenda' },
  { key: 'matrix', title: 'Clients by month' },
  { key: 'workload', title: 'Workload' },
] as const;

export type CalendarView = (typeof VIEWS)[number]['key'];

export type CalendarSearch = {
  view?: CalendarView;
  month?: string;
  fy?: string;
  /** The day whose drawer is open. */
  day?: string;
  q?: string;
  status?: string[];
  regulator?: string[];
  clientId?: string[];
  code?: string[];
  assigneeId?: string[];
  sort?: string;
  page?: number;
};

/** Reads the URL; what is not understood is left out. */
export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  const [month, fy, day, sort] = [text(search.month), text(search.fy), text(search.day), text(search.sort)];
  return {
    view: VIEWS.find((view) => view.key === search.view && view.key !== 'month')?.key,
    month: isMonth(month) ? month : undefined,
    fy: fy && /^\d{4}-\d{2}$/.test(fy) ? fy : undefined,
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    q: text(search.q),
    status: list(search.status),
    regulator: list(search.regulator),
    clientId: list(search.clientId),
    code: list(search.code),
    assigneeId: list(search.assigneeId),
    sort: sort === 'clientName' ? sort : undefined,
    page: whole(search.page, 2),
  };
}

/** The filters alone, as every endpoint of the calendar takes them. */
export function filtersOf(search: CalendarSearch) {
  return {
    q: search.q,
    status: search.status,
    regulator: search.regulator,
    clientId: search.clientId?.map(Number).filter(Number.isInteger),
    code: search.code,
    assigneeId: search.assigneeId,
  };
}

/** True when any filter is set. */
export function isFiltered(search: CalendarSearch): boolean {
  return Object.values(filtersOf(search)).some((value) => value !== undefined);
}

/** The filings list under the same filters. */
export function toList(search: CalendarSearch, more: FilingSearch): FilingSearch {
  const { q, status, regulator, clientId, code, assigneeId } = search;
  // The list searches codes by text.
  return { q: q ?? (code?.length === 1 ? code[0] : undefined), status, regulator, clientId, assigneeId, ...more };
}

/** What the drawer of a day asks for. */
export function dayQuery(search: CalendarSearch, day: string, page: number): FilingListQuery {
  return { ...filtersOf(search), view: 'all', dueFrom: day, dueTo: day, sort: 'dueOn,clientName', page, perPage: 50 };
}

/** The first day of the agenda: today in this month, else the first of the month asked for. */
export function agendaStart(search: CalendarSearch, today: string): string {
  const { from } = monthRange(search.month ?? today.slice(0, 7));
  return from.slice(0, 7) === today.slice(0, 7) ? today : from;
}
