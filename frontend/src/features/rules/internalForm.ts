// What somebody enters for an internal return, and what the server is asked.
import type { InternalInput, InternalReturn } from '@/api/types';

export type DueKind = 'day_of_month' | 'days_after_period' | 'yearly' | 'days_after_event';
export type Whose = 'all' | 'some' | 'chosen';

export type InternalValues = {
  code: string;
  title: string;
  from: string;
  frequency: string;
  kind: DueKind;
  day: string;
  months: string;
  month: string;
  days: string;
  event: string;
  whose: Whose;
  entityTypes: string[];
  registrations: string[];
  clients: { value: string; label: string }[];
  checklist: string;
  owner: string;
  breach: string;
  reason: string;
};

export const INTERNAL_LABELS: Record<string, string> = {
  code: 'Code',
  title: 'Name',
  from: 'From',
  frequency: 'How often',
  due: 'When it is due',
  'due.day': 'Day',
  'due.months': 'Months after',
  'due.month': 'Month',
  'due.days': 'Days',
  'due.event': 'Event',
  entityTypes: 'Legal forms',
  registrations: 'Registrations',
  clientIds: 'Clients',
  checklist: 'Checklist',
  owner: 'Done by',
  breachAfterDays: 'Missed after',
  reason: 'Reason',
};

export const INTERNAL_IDS: Record<string, string> = Object.fromEntries(
  Object.keys(INTERNAL_LABELS).map((key) => [key, `internal-${key.replace('.', '-')}`]),
);

export const DUE_KINDS: { value: DueKind; label: string }[] = [
  { value: 'day_of_month', label: 'On a day of a month after the period' },
  { value: 'days_after_period', label: 'Some days after the period ends' },
  { value: 'yearly', label: 'Every year on one day' },
  { value: 'days_after_event', label: 'Some days after an event' },
];

/** Roles that may answer for it. */
export const OWNERS = ['admin', 'principal_officer', 'checker', 'analyst'];

export const PERIODS = ['monthly', 'quarterly', 'half_yearly', 'annual'];

export function emptyInternal(today: string): InternalValues {
  return {
    code: 'INT-',
    title: '',
    from: today,
    frequency: 'monthly',
    kind: 'day_of_month',
    day: '10',
    months: '1',
    month: '6',
    days: '5',
    event: '',
    whose: 'all',
    entityTypes: [],
    registrations: [],
    clients: [],
    checklist: '',
    owner: '',
    breach: '7',
    reason: '',
  };
}

/** The wording in force, to be changed from today on. */
export function internalValues(own: InternalReturn, today: string): InternalValues {
  const { current, versions } = own;
  const last = versions[0] ?? current;
  const { due } = last;
  const number = (value: number | null | undefined, other: string) =>
    typeof value === 'number' ? String(value) : other;
  const start = emptyInternal(today);
  return {
    ...start,
    code: own.code,
    title: last.title,
    from: last.from > today ? last.from : today,
    frequency: last.frequency,
    kind: due.kind as DueKind,
    day: number(due.day, start.day),
    months: number(due.months, start.months),
    month: number(due.month, start.month),
    days: number(due.days, start.days),
    event: due.event ?? '',
    whose:
      last.clientIds.length > 0 ? 'chosen' : last.entityTypes.length + last.registrations.length > 0 ? 'some' : 'all',
    entityTypes: last.entityTypes,
    registrations: last.registrations,
    clients: last.clientIds.map((id) => ({ value: String(id), label: `Client ${id}` })),
    checklist: last.checklist.join('\n'),
    owner: last.owner,
    breach: String(last.breachAfterDays),
  };
}

/** A wording as it was proposed and sent back; null when none was. */
export function keptInternal(kept: Record<string, unknown> | null, today: string): InternalValues | null {
  if (!kept) return null;
  const own = kept.own as {
    code: string;
    from: string;
    reason: string;
    wording: {
      title: string;
      frequency: string;
      due: { kind: string; day?: number; months?: number; month?: number; days?: number; event?: string };
      entity_types: string[];
      registrations: string[];
      clients: number[];
      checklist: string[];
      owner: string;
      breach_after_days: number;
    };
  };
  const { wording } = own;
  const version = {
    from: own.from,
    title: wording.title,
    frequency: wording.frequency,
    due: wording.due,
    entityTypes: wording.entity_types,
    registrations: wording.registrations,
    clientIds: wording.clients,
    checklist: wording.checklist,
    owner: wording.owner,
    breachAfterDays: wording.breach_after_days,
  };
  const values = internalValues(
    { code: own.code, current: version, versions: [version] } as unknown as InternalReturn,
    today,
  );
  return { ...values, from: own.from, reason: own.reason };
}

const whole = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : null);

/** The numbers that each way of counting needs. */
const NUMBERS: Record<DueKind, ('day' | 'months' | 'month' | 'days')[]> = {
  day_of_month: ['day', 'months'],
  days_after_period: ['days'],
  yearly: ['month', 'day'],
  days_after_event: ['days'],
};

/** What is missing, by field. `change`: another wording of one that exists. */
export function internalGaps(values: InternalValues, change: boolean): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (!/^INT-[A-Z0-9][A-Z0-9-]{1,19}$/.test(values.code)) {
    gaps.code = 'Use INT- and 2 to 20 capital letters, digits and hyphens, for example INT-BOARD-PACK.';
  }
  if (values.title.trim().length < 3) gaps.title = 'Give it a name of at least 3 characters.';
  if (!values.from) gaps.from = 'Enter the first day.';
  for (const key of NUMBERS[values.kind]) if (whole(values[key]) === null) gaps[`due.${key}`] = 'Enter a whole number.';
  if (values.kind === 'days_after_event' && !values.event) gaps['due.event'] = 'Choose the event.';
  if (values.whose === 'chosen' && values.clients.length === 0) gaps.clientIds = 'Choose at least one client.';
  if (whole(values.breach) === null) gaps.breachAfterDays = 'Enter a whole number of days.';
  if (change && values.reason.trim().length < 10) {
    gaps.reason = 'Say why in at least 10 characters; it stays on the record.';
  }
  return gaps;
}

/** As the server wants it. */
export function internalBody(values: InternalValues): InternalInput {
  const due: InternalInput['due'] = { kind: values.kind };
  for (const key of NUMBERS[values.kind]) due[key] = whole(values[key]) ?? 0;
  if (values.kind === 'days_after_event') due.event = values.event;
  const some = values.whose === 'some';
  return {
    code: values.code,
    from: values.from,
    title: values.title.trim(),
    frequency: values.kind === 'days_after_event' ? 'event' : values.kind === 'yearly' ? 'annual' : values.frequency,
    due,
    entityTypes: some ? values.entityTypes : [],
    registrations: some ? values.registrations : [],
    clientIds: values.whose === 'chosen' ? values.clients.map((one) => Number(one.value)) : [],
    checklist: values.checklist.split('\n').filter((item) => item.trim()),
    owner: values.owner,
    breachAfterDays: whole(values.breach) ?? 7,
    reason: values.reason.trim(),
  };
}
