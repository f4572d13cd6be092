// Saved views: the list comes back as it was kept, and a changed list is noticed.
import { describe, expect, it } from 'vitest';
import type { SavedView } from '@/api/types';
import { differs as differsFrom } from '@/components/ViewControls';
import { type FilingSearch, filingSearch } from './search';
import { FILING_LIST, keptOf, searchOf } from './views';

const differs = (search: FilingSearch, view: SavedView) => differsFrom(FILING_LIST, search, view);

const view = (search: FilingSearch): SavedView => ({
  id: 12,
  name: 'RBI, Q2 close',
  shared: false,
  mine: true,
  editable: true,
  isDefault: false,
  list: 'filings',
  owner: { id: 1, displayName: 'Ananya Iyer' } as SavedView['owner'],
  count: 3,
  version: 1,
  ...keptOf(search),
});

const FULL: FilingSearch = filingSearch({
  view: 'all',
  q: 'fin',
  status: 'overdue,breached',
  regulator: 'RBI,SEBI',
  clientId: '4',
  assigneeId: 'me',
  due: '2026-10-01..',
  fy: '2026-27',
  sort: '-dueOn,clientName',
  hide: 'ack',
  cols: 'status,dueOn',
  rows: 'compact',
});

describe('a saved view', () => {
  it('gives back the list it was made from', () => {
    expect(searchOf(view(FULL))).toEqual({ ...FULL, saved: 12 });
    expect(differs({ ...FULL, saved: 12 }, view(FULL))).toBe(false);
  });

  it('keeps no page, no size and no open filing', () => {
    const kept = keptOf({ ...FULL, page: 3, open: 7, size: 100 });
    expect(kept).toEqual(keptOf(FULL));
  });

  it('notices another filter, order, column or row height', () => {
    const one = view(FULL);
    for (const part of [
      { regulator: ['RBI'] },
      { sort: undefined },
      { hide: ['-'] },
      { cols: undefined },
      { rows: 'tall' },
    ]) {
      expect(differs({ ...FULL, ...part }, one), JSON.stringify(part)).toBe(true);
    }
  });
});
