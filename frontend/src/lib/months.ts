// Months as "2026-11" and the weeks that a month's page shows. Civil dates only: no clock, no time zone.
import { addDays, weekday } from './format';

const pad = (value: number) => String(value).padStart(2, '0');

/** True for "2026-11". */
export function isMonth(text: string | undefined): text is string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');
}

/** The month `by` months later. */
export function shiftMonth(month: string, by: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(months / 12)}-${pad((months % 12) + 1)}`;
}

/** First and last day of a month. */
export function monthRange(month: string): { from: string; to: string } {
  return { from: `${month}-01`, to: addDays(`${shiftMonth(month, 1)}-01`, -1) };
}

/** The weeks of a month, Monday first, filled up with the days before and after: four to six rows of seven days. */
export function monthWeeks(month: string): string[][] {
  const { from, to } = monthRange(month);
  const weeks: string[][] = [];
  for (let monday = addDays(from, -weekday(from)); monday <= to; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)));
  }
  return weeks;
}

/** The same day of another month, or its last one: 31 January and one month give 28 or 29 February. */
export function sameDay(date: string, by: number): string {
  const { to } = monthRange(shiftMonth(date.slice(0, 7), by));
  const day = `${to.slice(0, 8)}${date.slice(8, 10)}`;
  return day > to ? to : day;
}
