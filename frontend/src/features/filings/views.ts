// Saved views: from the list's URL to what is kept, and back.
import type { SavedView } from '@/api/types';
import type { Kept, ViewedList } from '@/components/ViewControls';
import { DEFAULT_SORT, type FilingSearch, toFilter } from './search';

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
  const dates = query.dueFrom || query.dueTo ? `${query.dueFrom ?? ''}..${query.dueTo ?? ''}` : undefined;
  const due = query.due ?? dates;
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

/** The filings list, for the controls beside its tabs. */
export const FILING_LIST: ViewedList<FilingSearch> = { list: 'filings', to: '/filings', keptOf, searchOf };
