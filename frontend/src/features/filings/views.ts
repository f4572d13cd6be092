// Saved views: from the list's URL to what is kept, and back.
import type { SavedView } from '@/api/types';
import { DEFAULT_SORT, type FilingSearch, toFilter } from './search';

type Kept = Pick<SavedView, 'query' | 'columnOrder' | 'hiddenColumns' | 'rowHeight'>;

/** What a view keeps of the list as it stands. */
export function keptOf(search: FilingSearch): Kept {
  const query = Object.fromEntries(
    Object.entries({ ...toFilter(search), sort: (search.sort ?? DEFAULT_SORT).join(',') }).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
  return {
    query,
    columnOrder: search.cols ?? [],
    hiddenColumns: search.hide ?? [],
    rowHeight: search.rows ?? 'normal',
  };
}

/** The list that a view stands for. */
export function searchOf(view: SavedView): FilingSearch {
  const { query } = view;
  const some = <T>(values: readonly T[] | undefined | null) => (values?.length ? values.map(String) : undefined);
  const sort = query.sort ? query.sort.split(',') : undefined;
  const due = query.dueFrom || query.dueTo ? `${query.dueFrom ?? ''}..${query.dueTo ?? ''}` : undefined;
  return {
    saved: view.id,
    view: query.view === 'open' ? undefined : (query.view ?? undefined),
    q: query.q ?? undefined,
    status: some(query.status),
    regulator: some(query.regulator),
    clientId: some(query.clientId),
    code: some(query.code),
    assigneeId: some(query.assigneeId),
    heldBy: some(query.heldBy),
    due,
    fy: query.fy ?? undefined,
    sort: sort?.join() === DEFAULT_SORT.join() ? undefined : sort,
    hide: some(view.hiddenColumns),
    cols: some(view.columnOrder),
    rows: view.rowHeight === 'normal' ? undefined : view.rowHeight,
  };
}

/** The same text for the same list, whatever order its keys were written in. */
function written(kept: Kept): string {
  const entries = Object.entries(kept.query).sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([entries, kept.columnOrder, kept.hiddenColumns, kept.rowHeight]);
}

/** Whether the list still is what the view keeps. */
export function differs(search: FilingSearch, view: SavedView): boolean {
  return written(keptOf(search)) !== written(keptOf(searchOf(view)));
}
