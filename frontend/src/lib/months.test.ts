// Month arithmetic across year ends, financial years and leap years.
import { describe, expect, it } from 'vitest';
import { formatMonth, WEEK_HEADS, weekday } from './format';
import { isMonth, monthRange, monthWeeks, sameDay, shiftMonth } from './months';

describe('months', () => {
  it('go on over the end of a calendar year and of a financial year', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01');
    expect(shiftMonth('2027-01', -1)).toBe('2026-12');
    expect(shiftMonth('2027-03', 1)).toBe('2027-04');
    expect(shiftMonth('2026-11', -23)).toBe('2024-12');
  });
  it('end on the right day, in leap years too', () => {
    expect(monthRange('2026-11')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(monthRange('2028-02').to).toBe('2028-02-29');
    expect(monthRange('2027-02').to).toBe('2027-02-28');
    expect(monthRange('2100-02').to).toBe('2100-02-28');
    expect(monthRange('2026-12').to).toBe('2026-12-31');
  });
  it('are told from other words', () => {
    expect(isMonth('2026-11')).toBe(true);
    expect(['2026-13', '2026-00', '26-11', '2026-11-01', '', undefined].some(isMonth)).toBe(false);
  });
  it('have names', () => {
    expect(formatMonth('2026-11')).toBe('November 2026');
    expect(formatMonth('2027-01', { short: true })).toBe('Jan 2027');
  });
});

describe('the weeks of a month', () => {
  it('start on Monday and fill whole rows', () => {
    const weeks = monthWeeks('2026-11');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks[5]?.[6]).toBe('2026-12-06');
    expect(weeks.every((week) => week.length === 7 && weekday(week[0] ?? '') === 0)).toBe(true);
    expect(WEEK_HEADS.map((head) => head.short).join()).toBe('Mon,Tue,Wed,Thu,Fri,Sat,Sun');
  });
  it('are four when February starts on a Monday', () => {
    expect(monthWeeks('2027-02')).toHaveLength(4);
    expect(monthWeeks('2027-02').flat()).toHaveLength(28);
  });
  it('hold 29 February of a leap year', () => expect(monthWeeks('2028-02').flat()).toContain('2028-02-29'));
});

describe('the same day of another month', () => {
  it('is the last day when there is no such day', () => {
    expect(sameDay('2027-01-31', 1)).toBe('2027-02-28');
    expect(sameDay('2028-01-31', 1)).toBe('2028-02-29');
    expect(sameDay('2026-11-21', 1)).toBe('2026-12-21');
    expect(sameDay('2026-03-31', -1)).toBe('2026-02-28');
  });
});
