// The one place where money, counts, dates and periods become text, the Indian way. No component formats by itself.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MINUS = '−';
const DAY_MS = 86_400_000;

/** Shown where there is no value; components give it aria-label="none". */
export const NONE = '—';

/** Groups a string of digits as lakhs and crores: 1234567 becomes 12,34,567. */
function groupIndian(digits: string): string {
  if (digits.length <= 3) return digits;
  const head = digits.slice(0, -3);
  return `${head.replace(/\B(?=(\d{2})+(?!\d))/g, ',')},${digits.slice(-3)}`;
}

/** Groups a string of digits by threes, for other currencies. */
function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A count with Indian grouping: 124380 becomes 1,24,380. */
export function formatCount(value: number): string {
  const sign = value < 0 ? MINUS : '';
  return sign + groupIndian(String(Math.trunc(Math.abs(value))));
}

/** The parts of a rupee amount given as a decimal string; never passes through a float. Null when it is not an amount. */
export function moneyParts(amount: string, currency = 'INR'): { sign: string; rupees: string; paise: string } | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,}))?$/.exec(amount.trim());
  if (!match) return null;
  const [, minus = '', whole = '0', fraction = ''] = match;
  return {
    sign: minus ? MINUS : '',
    rupees: (currency === 'INR' ? groupIndian : groupThousands)(whole.replace(/^0+(?=\d)/, '')),
    paise: fraction.padEnd(2, '0').slice(0, 2),
  };
}

/** What stands before an amount: ₹ for rupees, else the currency's code. */
export function currencySign(currency = 'INR'): string {
  return currency === 'INR' ? '₹' : `${currency}\u00a0`;
}

/**
 * An amount, in rupees unless a currency is given: "14500.5" becomes ₹14,500.50. `whole` leaves the paise out, for
 * dense lists.
 */
export function formatMoney(
  amount: string | null | undefined,
  options: { whole?: boolean; currency?: string } = {},
): string {
  if (amount === null || amount === undefined) return NONE;
  const parts = moneyParts(amount, options.currency);
  if (!parts) return amount;
  return `${parts.sign}${currencySign(options.currency)}${parts.rupees}${options.whole ? '' : `.${parts.paise}`}`;
}

/** Milliseconds of a civil date at UTC midnight; NaN when it is not a date. */
function utc(date: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!match) return Number.NaN;
  return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Whole days from one civil date to another; positive when `to` is later. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / DAY_MS);
}

/** The civil date `days` after `date`. */
export function addDays(date: string, days: number): string {
  return iso(utc(date) + days * DAY_MS);
}

/** 14 Oct 2026, or 14 Oct without the year. */
export function formatDate(date: string | null | undefined, options: { year?: boolean } = {}): string {
  if (!date) return NONE;
  const ms = utc(date);
  if (Number.isNaN(ms)) return date;
  const d = new Date(ms);
  const day = String(d.getUTCDate()).padStart(2, '0');
  const text = `${day} ${MONTHS[d.getUTCMonth()]}`;
  return options.year === false ? text : `${text} ${d.getUTCFullYear()}`;
}

/** November 2026 from "2026-11"; Nov 2026 when `short`. */
export function formatMonth(month: string, options: { short?: boolean } = {}): string {
  const name = new Date(utc(`${month}-01`)).getUTCMonth();
  const words = options.short ? MONTHS[name] : LONG_MONTHS[name];
  return words ? `${words} ${month.slice(0, 4)}` : month;
}

/** The heads of a week that starts on Monday, long and short. */
export const WEEK_HEADS = [1, 2, 3, 4, 5, 6, 0].map((day) => ({
  long: WEEKDAYS[day] ?? '',
  short: (WEEKDAYS[day] ?? '').slice(0, 3),
}));

/** Days from Monday: 0 for Monday, 6 for Sunday. */
export function weekday(date: string): number {
  return (new Date(utc(date)).getUTCDay() + 6) % 7;
}

/** Wednesday, 14 Oct 2026. */
export function formatDateLong(date: string): string {
  return `${WEEKDAYS[new Date(utc(date)).getUTCDay()]}, ${formatDate(date)}`;
}

/** Wed, 14 Oct 2026. */
export function formatDateWeekday(date: string): string {
  return `${(WEEKDAYS[new Date(utc(date)).getUTCDay()] ?? '').slice(0, 3)}, ${formatDate(date)}`;
}

/** 05 Oct – 07 Nov 2026; the year once when both share it. */
export function formatRange(from: string, to: string): string {
  if (from.slice(0, 4) === to.slice(0, 4)) return `${formatDate(from, { year: false })} – ${formatDate(to)}`;
  return `${formatDate(from)} – ${formatDate(to)}`;
}

/** The civil date and minutes of an instant in India, whatever the browser's zone. */
function inIndia(instant: string): { date: string; time: string } | null {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return null;
  const shifted = new Date(ms + 330 * 60_000).toISOString();
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) };
}

/** 10:42 IST. */
export function formatTime(instant: string): string {
  return `${inIndia(instant)?.time ?? NONE} IST`;
}

/** The civil date in India of an instant. */
export function dateOf(instant: string): string {
  return inIndia(instant)?.date ?? instant.slice(0, 10);
}

/** 14 Oct 2026, 10:42 IST; or 14 Oct, 10:42 when `short`. */
export function formatInstant(instant: string | null | undefined, options: { short?: boolean } = {}): string {
  if (!instant) return NONE;
  const local = inIndia(instant);
  if (!local) return instant;
  if (options.short) return `${formatDate(local.date, { year: false })}, ${local.time}`;
  return `${formatDate(local.date)}, ${local.time} IST`;
}

/** How far a due date is from the server's today: "today", "tomorrow", "in 16 days", "4 days late". */
export function relativeDue(due: string, today: string): string {
  const days = daysBetween(today, due);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days > 1) return `in ${formatCount(days)} days`;
  return lateWords(-days);
}

/** "1 day late", "714 days late". */
export function lateWords(days: number): string {
  return `${plural(days, 'day')} late`;
}

/** A count with its noun: plural(1, 'filing') is "1 filing". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The financial year a date falls in: "2026-27" for 14 Oct 2026 (April to March). */
export function fyOf(date: string): string {
  const year = Number(date.slice(0, 4));
  const start = Number(date.slice(5, 7)) >= 4 ? year : year - 1;
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
}

/** The financial years around one, oldest first: two before and one after. */
export function fyChoices(current: string): string[] {
  const start = Number(current.slice(0, 4));
  return [start - 2, start - 1, start, start + 1].map((y) => fyOf(`${y}-04-01`));
}

/** The twelve months of a financial year as { key: "2026-04", label: "Apr" }. */
export function fyMonths(fy: string): { key: string; label: string }[] {
  const start = Number(fy.slice(0, 4));
  return Array.from({ length: 12 }, (_, i) => {
    const month = (i + 3) % 12;
    const year = i < 9 ? start : start + 1;
    return { key: `${year}-${String(month + 1).padStart(2, '0')}`, label: MONTHS[month] ?? '' };
  });
}

/**
 * A typed date as YYYY-MM-DD, or null. Takes 14/10/26, 14-10-2026, 14 oct, 14 Oct 2026, 2026-10-14, +15d and "today".
 * Day comes first, as in India. A missing year is the year of `today`.
 */
export function parseTypedDate(text: string, today: string): string | null {
  const value = text.trim().toLowerCase();
  if (value === 'today') return today;
  const offset = /^([+-]\d{1,4})\s*d?$/.exec(value);
  if (offset) return addDays(today, Number(offset[1]));
  const isoMatch = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value);
  if (isoMatch) return civil(Number(isoMatch[1]), Number(isoMatch[2]), Number(isoMatch[3]));
  const numeric = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(value);
  if (numeric) return civil(yearOf(numeric[3], today), Number(numeric[2]), Number(numeric[1]));
  const named = /^(\d{1,2})[\s-]*([a-z]{3,9})\.?(?:[\s,-]*(\d{2}|\d{4}))?$/.exec(value);
  if (named) {
    const month = MONTHS.findIndex((m) => (named[2] ?? '').startsWith(m.toLowerCase()));
    return month < 0 ? null : civil(yearOf(named[3], today), month + 1, Number(named[1]));
  }
  return null;
}

function yearOf(text: string | undefined, today: string): number {
  if (!text) return Number(today.slice(0, 4));
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

/** A civil date if the day exists, else null. */
function civil(year: number, month: number, day: number): string | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const ms = utc(text);
  return !Number.isNaN(ms) && iso(ms) === text ? text : null;
}

/** A person's or firm's initials for a badge: at most two letters. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((w) => /^[\p{L}\p{N}]/u.test(w));
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : (words[0]?.[1] ?? '');
  return (first + last).toUpperCase();
}

/** A firm's initials: the first letters of its first two words. */
export function firmInitials(name: string): string {
  const words = name.split(/\s+/).filter((w) => /^[\p{L}\p{N}]/u.test(w));
  return (
    words
      .slice(0, 2)
      .map((w) => w[0])
      .join('')
      .toUpperCase() || '?'
  );
}

const ACRONYMS = new Set([
  'nbfc',
  'icc',
  'hfc',
  'mfi',
  'cic',
  'ifc',
  'pa',
  'ppi',
  'llp',
  'opc',
  'agm',
  'roc',
  'aa',
  'p2p',
  'mca',
  'rbi',
  'sebi',
  'ia',
  'ra',
  'pms',
  'aif',
  'idf',
  'nofhc',
  'spd',
]);

/** Words from a key: "private_company" becomes "Private company". Used where the server gave no title. */
export function humanise(key: string): string {
  const words = key.split(/[\s_-]+/).filter(Boolean);
  const text = words.map((word) => (ACRONYMS.has(word.toLowerCase()) ? word.toUpperCase() : word)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A short client name for tables: the legal form at the end is left out. */
export function shortClientName(name: string, given?: string | null): string {
  if (given) return given;
  return name.replace(/\s+(private limited|pvt\.?\s*ltd\.?|limited|ltd\.?|llp)\s*$/i, '') || name;
}

/** A file size in words a person reads: 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
