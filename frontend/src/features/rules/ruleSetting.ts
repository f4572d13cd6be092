// What somebody enters about one return, and what the server is asked.
import type { ReturnSettingInput, RuleDetail } from '@/api/types';

export type SettingValues = {
  /** Empty leaves it to the rulebook. */
  enabled: '' | 'on' | 'off';
  targetKind: string;
  targetDays: string;
  breach: string;
  checklist: string;
  reason: string;
};

export const TARGETS = [
  { value: '', label: 'As the rulebook says: the last working day before' },
  { value: 'working_days_before', label: 'Working days before the legal date' },
  { value: 'days_before', label: 'Days before the legal date' },
  { value: 'day_of_month', label: 'A day of the month, on or before the legal date' },
];

export const SETTING_LABELS: Record<string, string> = {
  enabled: 'Planning',
  target: 'Your target',
  breachAfterDays: 'Breached after',
  checklist: 'Your checklist items',
  reason: 'Reason',
};

export const SETTING_IDS: Record<string, string> = Object.fromEntries(
  Object.keys(SETTING_LABELS).map((key) => [key, `setting-${key}`]),
);

/** As the firm decided it last. */
export function settingValues({ setting }: Pick<RuleDetail, 'setting'>): SettingValues {
  return {
    enabled: setting.enabled === true ? 'on' : setting.enabled === false ? 'off' : '',
    targetKind: setting.target?.kind ?? '',
    targetDays: setting.target ? String(setting.target.days) : '',
    breach: typeof setting.breachAfterDays === 'number' ? String(setting.breachAfterDays) : '',
    checklist: setting.checklist.join('\n'),
    reason: '',
  };
}

/** As it was proposed and sent back; null when nothing was. */
export function keptSetting(kept: Record<string, unknown> | null): SettingValues | null {
  if (!kept) return null;
  const setting = kept.setting as {
    enabled?: boolean | null;
    breach_after_days?: number | null;
    target?: { kind: string; days: number } | null;
    checklist?: string[];
    reason?: string;
  };
  return {
    enabled: setting.enabled === true ? 'on' : setting.enabled === false ? 'off' : '',
    targetKind: setting.target?.kind ?? '',
    targetDays: setting.target ? String(setting.target.days) : '',
    breach: typeof setting.breach_after_days === 'number' ? String(setting.breach_after_days) : '',
    checklist: (setting.checklist ?? []).join('\n'),
    reason: setting.reason ?? '',
  };
}

const whole = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : null);

/** What is missing or is no number, by field. */
export function settingGaps(values: SettingValues, before: SettingValues): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (values.targetKind && whole(values.targetDays) === null) gaps.target = 'Enter a whole number.';
  if (values.breach && whole(values.breach) === null) gaps.breachAfterDays = 'Enter a whole number of days.';
  if (values.enabled !== before.enabled && values.reason.trim().length < 10) {
    gaps.reason = 'Say why in at least 10 characters; it stays on the record.';
  }
  return gaps;
}

/** As the server wants it. */
export function settingBody(values: SettingValues): ReturnSettingInput {
  return {
    enabled: values.enabled === '' ? null : values.enabled === 'on',
    breachAfterDays: values.breach ? whole(values.breach) : null,
    target: values.targetKind ? { kind: values.targetKind, days: whole(values.targetDays) ?? 0 } : null,
    checklist: values.checklist.split('\n').filter((item) => item.trim()),
    reason: values.reason.trim(),
  };
}
