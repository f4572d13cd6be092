// Indian formats. Expected values are written by hand from the rules in the UI specification.
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  formatCount,
  formatDate,
  formatDateLong,
  formatInstant,
  formatMoney,
  formatRange,
  formatTime,
  fyMonths,
  fyOf,
  humanise,
  initials,
  lateWords,
  parseTypedDate,
  plural,
  relativeDue,
  shortClientName,
} from './format';

describe('money', () => {
  it.each([
    ['0', '₹0.00'],
    ['500', '₹500.00'],
    ['1000', '₹1,000.00'],
    ['123456', '₹1,23,456.00'],
    ['9652800.5', '₹96,52,800.50'],
    ['12345678901.25', '₹12,34,56,78,901.25'],
    ['-500', '−₹500.00'],
    ['007', '₹7.00'],
  ])('%s is %s', (amount, text) => expect(formatMoney(amount)).toBe(text));

  it('keeps digits that a float would lose', () => {
    expect(formatMoney('90071992547409931.37')).toBe('₹90,07,19,92,54,74,09,931.37');
  });
  it('leaves the paise out when asked, and shows a dash for nothing', () => {
    expect(formatMoney('100000.00', { whole: true })).toBe('₹1,00,000');
    expect(formatMoney('1500000', { currency: 'USD' })).toBe('USD\u00a01,500,000.00');
    expect(formatMoney(null)).toBe('—');
  });
  it('shows what is not an amount as it came', () => expect(formatMoney('abc')).toBe('abc'));
});

it('groups counts by lakh and crore', () => {
  expect(formatCount(999)).toBe('999');
  expect(formatCount(124380)).toBe('1,24,380');
  expect(formatCount(-12345)).toBe('−12,345');
  expect(plural(1, 'filing')).toBe('1 filing');
  expect(plural(1200, 'filing')).toBe('1,200 filings');
});

describe('dates', () => {
  it('are day, short month, year', () => {
    expect(formatDate('2026-10-14')).toBe('14 Oct 2026');
    expect(formatDate('2026-11-05', { year: false })).toBe('05 Nov');
    expect(formatDate(null)).toBe('—');
    expect(formatDateLong('2026-10-14')).toBe('Wednesday, 14 Oct 2026');
    expect(formatRange('2026-10-05', '2026-11-07')).toBe('05 Oct – 07 Nov 2026');
    expect(formatRange('2026-12-30', '2027-01-02')).toBe('30 Dec 2026 – 02 Jan 2027');
  });
  it('of instants are Indian, whatever the browser says', () => {
    expect(formatInstant('2026-10-14T10:42:00+05:30')).toBe('14 Oct 2026, 10:42 IST');
    expect(formatInstant('2026-10-13T20:00:00Z')).toBe('14 Oct 2026, 01:30 IST');
    expect(formatTime('2026-10-13T18:29:59Z')).toBe('23:59 IST');
  });
  it('count in whole days across months and leap years', () => {
    expect(daysBetween('2024-10-30', '2026-10-14')).toBe(714);
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  });
});

describe('distance words', () => {
  it.each([
    ['2026-11-21', 'today'],
    ['2026-11-22', 'tomorrow'],
    ['2026-12-07', 'in 16 days'],
    ['2026-11-20', '1 day late'],
    ['2026-11-17', '4 days late'],
  ])('%s is %s on 21 Nov 2026', (due, words) => expect(relativeDue(due, '2026-11-21')).toBe(words));
  it('say the days late', () => expect(lateWords(714)).toBe('714 days late'));
});

describe('financial years', () => {
  it('run from April to March', () => {
    expect(fyOf('2026-03-31')).toBe('2025-26');
    expect(fyOf('2026-04-01')).toBe('2026-27');
    expect(fyOf('2099-12-31')).toBe('2099-00');
  });
  it('have twelve months from April', () => {
    const months = fyMonths('2026-27');
    expect(months).toHaveLength(12);
    expect(months[0]).toEqual({ key: '2026-04', label: 'Apr' });
    expect(months[11]).toEqual({ key: '2027-03', label: 'Mar' });
  });
});

describe('typed dates', () => {
  const today = '2026-11-21';
  it.each([
    ['14/10/26', '2026-10-14'],
    ['14-10-2026', '2026-10-14'],
    ['14.10.2026', '2026-10-14'],
    ['3/4', '2026-04-03'],
    ['14 oct', '2026-10-14'],
    ['14 October 2027', '2027-10-14'],
    ['30Sep', '2026-09-30'],
    ['2026-10-14', '2026-10-14'],
    ['+15d', '2026-12-06'],
    ['-1', '2026-11-20'],
    ['today', '2026-11-21'],
  ])('%s is %s', (typed, date) => expect(parseTypedDate(typed, today)).toBe(date));
  it.each(['31/02/2026', '32 oct', '14 xyz', 'soon', '', '29/02/2027'])('%s is no date', (typed) =>
    expect(parseTypedDate(typed, today)).toBeNull(),
  );
});

it('makes short names, initials and words', () => {
  expect(shortClientName('Meghdoot Payments Private Limited')).toBe('Meghdoot Payments');
  expect(shortClientName('Tapti Advisers LLP')).toBe('Tapti Advisers');
  expect(shortClientName('Limited')).toBe('Limited');
  expect(shortClientName('X Ltd', 'Chosen')).toBe('Chosen');
  expect(initials('Priya Nair')).toBe('PN');
  expect(initials('Priya')).toBe('PR');
  expect(humanise('private_company')).toBe('Private company');
  expect(humanise('nbfc_icc')).toBe('NBFC ICC');
});
