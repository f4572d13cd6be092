// The clients list's URL and what it asks the server.
import type { ClientListQuery } from '@/api/queries';
import { list, text, whole } from '@/app/search';

export type ClientSearch = {
  /** The saved view that this list came from. */
  saved?: number;
  q?: string;
  status?: string[];
  regulator?: string[];
  entityType?: string[];
  ownerId?: string[];
  tag?: string[];
  sort?: string[];
  hide?: string[];
  /** Columns in a person's order. */
  cols?: string[];
  rows?: string;
  page?: number;
  size?: number;
};

export const CLIENT_SORT = ['clientName'];
export const CLIENT_SIZE = 50;

/** Reads the URL; what is not understood is left out. */
export function clientSearch(search: Record<string, unknown>): ClientSearch {
  return {
    saved: whole(search.saved),
    q: text(search.q),
    status: list(search.status),
    regulator: list(search.regulator),
    entityType: list(search.entityType),
    ownerId: list(search.ownerId),
    tag: list(search.tag),
    sort: list(search.sort),
    hide: list(search.hide),
    cols: list(search.cols),
    rows: search.rows === 'compact' || search.rows === 'tall' ? search.rows : undefined,
    page: whole(search.page, 2),
    size: whole(search.size),
  };
}

/** What to ask the server for. */
export function toClientQuery(search: ClientSearch): ClientListQuery {
  return {
    q: search.q,
    status: search.status,
    regulator: search.regulator,
    entityType: search.entityType,
    ownerId: search.ownerId?.map(Number).filter(Number.isInteger),
    tag: search.tag,
    sort: (search.sort ?? CLIENT_SORT).join(','),
    page: search.page ?? 1,
    perPage: search.size ?? CLIENT_SIZE,
  };
}
