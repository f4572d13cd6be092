// What somebody enters for a relaxation, and what the server is asked.
import type { RelaxationInput } from '@/api/types';

export type Effect = 'new_date' | 'extra_days' | 'no_late_cost';
export type Whose = 'all' | 'forms' | 'registrations' | 'chosen';

export type RelaxationValues = {
  regulator: string;
  circularNo: string;
  circularOn: string;
  circularUrl: string;
  codes: string[];
  /** A financial year, or empty for other days. */
  fy: string;
  periodFrom: string;
  periodTo: string;
  whose: Whose;
  entityTypes: string[];
  registrations: string[];
  clients: { value: string; label: string }[];
  effect: Effect;
  newDueOn: string;
  extraDays: string;
  freeUntil: string;
  countsFromDue: boolean;
  namesPast: boolean;
  note: string;
};

export const FIELD_LABELS: Record<string, string> = {
  regulator: 'Issued by',
  circularNo: 'Number',
  circularOn: 'Dated',
  circularUrl: 'Link',
  codes: 'Returns',
  periodFrom: 'Periods that end from',
  periodTo: 'Periods that end until',
  clientIds: 'Clients',
  entityTypes: 'Legal forms',
  registrations: 'Registrations',
  newDueOn: 'New due date',
  extraDays: 'Days more',
  freeUntil: 'No additional fee until',
  note: 'Note',
  reason: 'Reason',
};

export const FIELD_IDS: Record<string, string> = Object.fromEntries(
  Object.keys(FIELD_LABELS).map((key) => [key, `relaxation-${key}`]),
);

/** The first and last day of a financial year such as 2025-26. */
export function fyDays(fy: string): { from: string; to: string } {
  const start = Number(fy.slice(0, 4));
  return { from: `${start}-04-01`, to: `${start + 1}-03-31` };
}

/** An empty form; the year that ended last is what most circulars are about. */
export function emptyRelaxation(lastFy: string, codes: string[]): RelaxationValues {
  return {
    regulator: '',
    circularNo: '',
    circularOn: '',
    circularUrl: '',
    codes,
    fy: lastFy,
    periodFrom: '',
    periodTo: '',
    whose: 'all',
    entityTypes: [],
    registrations: [],
    clients: [],
    effect: 'new_date',
    newDueOn: '',
    extraDays: '',
    freeUntil: '',
    countsFromDue: true,
    namesPast: false,
    note: '',
  };
}

/** What is missing, before the server is asked. */
export function gapsOf(values: RelaxationValues): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (!values.regulator) gaps.regulator = 'Choose who issued the circular.';
  if (!values.circularNo.trim()) gaps.circularNo = 'Enter the number, as printed on the circular.';
  if (!values.circularOn) gaps.circularOn = 'Enter the date of the circular.';
  if (values.codes.length === 0) gaps.codes = 'Choose at least one return.';
  if (!values.fy && !values.periodFrom) gaps.periodFrom = 'Enter the first day.';
  if (!values.fy && !values.periodTo) gaps.periodTo = 'Enter the last day.';
  if (values.whose === 'chosen' && values.clients.length === 0) gaps.clientIds = 'Choose at least one client.';
  if (values.whose === 'forms' && values.entityTypes.length === 0) gaps.entityTypes = 'Choose at least one legal form.';
  if (values.whose === 'registrations' && values.registrations.length === 0)
    gaps.registrations = 'Choose at least one registration.';
  if (values.effect === 'new_date' && !values.newDueOn) gaps.newDueOn = 'Enter the new due date.';
  if (values.effect === 'extra_days' && !/^\d{1,3}$/.test(values.extraDays.trim()))
    gaps.extraDays = 'Enter how many days more, 1 to 365.';
  if (values.effect === 'no_late_cost' && !values.freeUntil)
    gaps.freeUntil = 'Enter the last day without the additional fee.';
  return gaps;
}

/** The body, for the preview and for the real thing. */
export function bodyOf(values: RelaxationValues, reason?: string): RelaxationInput {
  const days = values.fy ? fyDays(values.fy) : { from: values.periodFrom, to: values.periodTo };
  const { effect } = values;
  return {
    regulator: values.regulator,
    codes: values.codes,
    periodFrom: days.from || null,
    periodTo: days.to || null,
    clientIds: values.whose === 'chosen' ? values.clients.map((client) => Number(client.value)) : null,
    entityTypes: values.whose === 'forms' ? values.entityTypes : [],
    registrations: values.whose === 'registrations' ? values.registrations : [],
    effect,
    newDueOn: effect === 'new_date' ? values.newDueOn : null,
    extraDays: effect === 'extra_days' ? Number(values.extraDays) : null,
    freeUntil: effect === 'no_late_cost' ? values.freeUntil : null,
    countsFromDue: values.countsFromDue,
    namesPast: effect === 'no_late_cost' ? false : values.namesPast,
    circularNo: values.circularNo.trim(),
    circularOn: values.circularOn,
    circularUrl: values.circularUrl.trim() || null,
    note: values.note.trim() || null,
    reason: reason?.trim() || null,
  };
}
