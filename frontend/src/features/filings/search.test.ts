// The list's URL: what is read, what is written, and what the server is asked.
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '@/app/search';
import { exportHref } from '@/lib/exportHref';
import { filingSearch, hiddenColumns, toFilingQuery, viewOf } from './search';

const read = (query: string) => filingSearch(parseSearch(query));

describe('the URL of the filings list', () => {
  it('comes back as it went', () => {
    const query =
      '?view=due7&q=nbs1&regulator=RBI,SEBI&due=..2026-11-30&fy=2026-27&sort=dueOn,-clientName&page=2&size=100';
    expect(stringifySearch(read(query))).toBe(query);
  });
  it('leaves out what it does not understand', () => {
    expect(stringifySearch(read('?view=nonsense&due=soon&page=-3&size=x&evil=1'))).toBe('');
  });
  it('keeps text as text', () => expect(read('?q=123').q).toBe('123'));
  it('survives odd characters', () => expect(read(stringifySearch({ q: 'a & b, c=d %' })).q).toBe('a & b, c=d %'));
});

describe('the question to the server', () => {
  it('is the open view, by due date, first 50, when nothing is said', () => {
    expect(toFilingQuery({})).toMatchObject({ view: 'open', sort: 'dueOn', page: 1, perPage: 50 });
  });
  it('splits the due range', () => {
    expect(toFilingQuery(read('?due=2026-10-01..'))).toMatchObject({ dueFrom: '2026-10-01', dueTo: undefined });
    expect(toFilingQuery(read('?due=2026-10-01..2026-10-31'))).toMatchObject({
      dueFrom: '2026-10-01',
      dueTo: '2026-10-31',
    });
  });
  it('leaves a span that moves with the day to the server', () => {
    expect(toFilingQuery(read('?due=next30'))).toMatchObject({ due: 'next30', dueFrom: undefined, dueTo: undefined });
    expect(toFilingQuery(read('?due=2026-10-01..')).due).toBeUndefined();
  });
  it('looks at everything when a status is asked for', () => expect(viewOf(read('?status=waived'))).toBe('all'));
  it('shows the number and date of filing where filed ones are listed', () => {
    expect(hiddenColumns({})).toEqual(['filedOn', 'ack', 'regulator', 'updatedAt']);
    expect(hiddenColumns({ view: 'filed' })).toEqual(['checklist', 'regulator', 'updatedAt']);
    expect(hiddenColumns({ hide: ['assignee'] })).toEqual(['assignee']);
  });
  it('exports the same filter, all pages', () => {
    const href = exportHref('/x', toFilingQuery(read('?regulator=RBI,MCA&page=3')), 'csv');
    expect(href).toBe('/x?format=csv&view=open&regulator=RBI&regulator=MCA&sort=dueOn');
  });
});
