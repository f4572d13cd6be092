// The list of people in the address: how it is sorted and shown, and which dialog is open about whom.
import { type DialogSearch, dialogSearch } from '@/app/dialog';
import { list } from '@/app/search';

export type Dialog = 'invite' | 'role' | 'leave' | 'reset';

export type TeamSearch = DialogSearch & {
  sort?: string[];
  hide?: string[];
  cols?: string[];
  rows?: string;
};

export const TEAM_SORT = ['displayName'];

/** Reads the address; what is not understood is left out. */
export function teamSearch(search: Record<string, unknown>): TeamSearch {
  return {
    sort: list(search.sort),
    hide: list(search.hide),
    cols: list(search.cols),
    rows: search.rows === 'compact' || search.rows === 'tall' ? search.rows : undefined,
    ...dialogSearch(search),
  };
}
