// Saved views of clients: the list comes back as it was kept, and a changed list is noticed.
import { describe, expect, it } from 'vitest';
import type { SavedView } from '@/api/types';
import { differs } from '@/components/ViewControls';
import { type ClientSearch, clientSearch } from './search';
import { CLIENT_LIST, searchOf } from './views';

const FULL: ClientSearch = clientSearch({
  q: 'fin',
  status: 'active',
  regulator: 'RBI,SEBI',
  entityType: 'llp',
  ownerId: '4',
  tag: 'nbfc',
  sort: '-pastDue',
  hide: 'pan',
  rows: 'tall',
});
const view = (search: ClientSearch) =>
  ({ id: 9, name: 'Worst first', ...CLIENT_LIST.keptOf(search) }) as unknown as SavedView;

describe('a saved view of clients', () => {
  it('gives back the list it was made from', () => {
    expect(searchOf(view(FULL))).toEqual({ ...FULL, saved: 9, cols: undefined });
    expect(differs(CLIENT_LIST, { ...FULL, saved: 9, page: 3 }, view(FULL))).toBe(false);
  });
  it('notices another filter or order', () => {
    expect(differs(CLIENT_LIST, { ...FULL, tag: undefined }, view(FULL))).toBe(true);
    expect(differs(CLIENT_LIST, { ...FULL, sort: ['clientName'] }, view(FULL))).toBe(true);
  });
});
