// The list a filing was opened from, so that its page can go to the next and the previous one. Kept for the browser tab.
import type { FilingListQuery } from '@/api/queries';

export type ListContext = {
  query: FilingListQuery;
  /** Where the filing that was last looked at stands in the list, from 0. */
  at?: { id: number; index: number };
};

const KEY = 'zippcrm-filings-list';

export function rememberList(context: ListContext): void {
  sessionStorage.setItem(KEY, JSON.stringify(context));
}

export function rememberedList(): ListContext | null {
  try {
    const context: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return typeof context === 'object' && context && 'query' in context ? (context as ListContext) : null;
  } catch {
    // Written by another version: no list is better than a wrong one.
    return null;
  }
}
