// The calendar's URL: what is read and written, and where its numbers lead.
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '@/app/search';
import { agendaStart, calendarSearch, dayQuery, isFiltered, toList } from './search';

const read = (query: string) => calendarSearch(parseSearch(query));

describe('the URL of the calendar', () => {
  it('comes back as it went', () => {
    const query =
      '?view=agenda&month=2026-11&day=2026-11-30&q=nbs&status=overdue&regulator=RBI,SEBI&assigneeId=me&page=2';
    expect(stringifySearch(read(query))).toBe(query);
  });
  it('leaves out what it does not understand, and says nothing of the month view', () => {
    expect(stringifySearch(read('?view=month&month=2026-13&fy=26&day=soon&sort=pan&page=-1&evil=1'))).toBe('');
    expect(isFiltered(read('?view=matrix&fy=2026-27'))).toBe(false);
    expect(isFiltered(read('?assigneeId=none'))).toBe(true);
  });
  it('keeps its filters on the way to a day and to the list', () => {
    const search = read('?regulator=RBI&clientId=7,x&month=2026-11');
    expect(dayQuery(search, '2026-11-30', 2)).toMatchObject({
      view: 'all',
      regulator: ['RBI'],
      clientId: [7],
      dueFrom: '2026-11-30',
      dueTo: '2026-11-30',
      page: 2,
    });
    expect(toList(search, { view: 'all', assigneeId: ['3'] })).toMatchObject({ regulator: ['RBI'], assigneeId: ['3'] });
  });
  it('starts the agenda today, or on the first of another month', () => {
    expect(agendaStart({}, '2026-11-21')).toBe('2026-11-21');
    expect(agendaStart({ month: '2026-11' }, '2026-11-21')).toBe('2026-11-21');
    expect(agendaStart({ month: '2027-02' }, '2026-11-21')).toBe('2027-02-01');
    expect(agendaStart({ month: '2026-08' }, '2026-11-21')).toBe('2026-08-01');
  });
});
