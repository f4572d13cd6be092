// Saved views of the clients list: from its URL to what is kept, and back.
import type { SavedView } from '@/api/types';
import type { Kept, ViewedList } from '@/components/ViewControls';
import { CLIENT_SORT, type ClientSearch, toClientQuery } from './search';

function keptOf(search: ClientSearch): Kept {
  const { page: _page, perPage: _perPage, ...filters } = toClientQuery(search);
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''));
  return {
    query,
    columnOrder: search.cols ?? [],
    hiddenColumns: search.hide ?? [],
    rowHeight: search.rows ?? 'normal',
  };
}

/** The list that a view stands for. */
export function searchOf(view: SavedView): ClientSearch {
  const query = view.query as ReturnType<typeof toClientQuery>;
  const some = <T>(values: readonly T[] | undefined | null) => (values?.length ? values.map(String) : undefined);
  const sort = query.sort ? query.sort.split(',') : undefined;
  return {
    saved: view.id,
    q: query.q ?? undefined,
    status: some(query.status),
    regulator: some(query.regulator),
    entityType: some(query.entityType),
    ownerId: some(query.ownerId),
    tag: some(query.tag),
    sort: sort?.join() === CLIENT_SORT.join() ? undefined : sort,
    hide: some(view.hiddenColumns),
    cols: some(view.columnOrder),
    rows: view.rowHeight === 'normal' ? undefined : view.rowHeight,
  };
}

/** The clients list, for the controls beside its tabs. */
export const CLIENT_LIST: ViewedList<ClientSearch> = { list: 'clients', to: '/clients', keptOf, searchOf };
