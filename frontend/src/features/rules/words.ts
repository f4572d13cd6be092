// Rules in words: states, sorts of duty, grades of a source.
import {
  IconAlertTriangle,
  IconArchive,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleOff,
  IconHistory,
} from '@tabler/icons-react';
import type { RuleRow } from '@/api/types';
import { confidenceWords } from '@/lib/confidence';
import type { StatusLook } from '@/lib/status';

const STATES: Record<string, StatusLook> = {
  active: { label: 'In force', tone: 'success', icon: IconCircleCheck },
  off: { label: 'Uncertain', tone: 'warn', icon: IconAlertTriangle },
  expired: { label: 'Expired', tone: 'neutral', icon: IconHistory },
  legacy: { label: 'Legacy', tone: 'neutral', icon: IconArchive },
  non_statutory: { label: 'Not law', tone: 'info', icon: IconCircleDashed },
};

/** What the rule is by itself. */
export function stateLook(state: string): StatusLook {
  return STATES[state] ?? { label: state, tone: 'neutral', icon: IconCircleOff };
}

export const STATE_TABS = [
  { key: 'all', title: 'All', count: 'all' },
  { key: 'active', title: 'In force', count: 'active' },
  { key: 'off', title: 'Uncertain', count: 'off' },
  { key: 'legacy', title: 'Legacy', count: 'legacy' },
  { key: 'expired', title: 'Expired', count: 'expired' },
  { key: 'non_statutory', title: 'Not law', count: 'nonStatutory' },
] as const;

export const KINDS: Record<string, string> = {
  return: 'Return',
  licence: 'Licence',
  obligation: 'Obligation',
  kyc: 'KYC',
  grievance: 'Grievance clock',
};

export const FREQUENCIES: Record<string, string> = {
  weekly: 'Weekly',
  fortnightly: 'Fortnightly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  half_yearly: 'Half-yearly',
  annual: 'Yearly',
  triennial: 'Every three years',
  event: 'On an event',
  once: 'Once',
};

const GRADE_LETTERS = ['P', 'S', 'V', 'M', 'K', 'U'];
export const GRADES = GRADE_LETTERS.map((value) => ({ value, label: `${value}: ${confidenceWords(value)}` }));

export const VALIDITY: Record<string, string> = {
  until_revoked: 'Until it is revoked or given up',
  fixed_term: 'For a fixed term',
  perpetual_with_annual_fee: 'Without end, with a fee every year',
  perpetual_with_fee_cycle: 'Without end, with a fee every few years',
};

/** What the firm made of a rule, in a few words; nothing when it left it to the rulebook. */
export function ownWords(
  rule: Pick<RuleRow, 'ownEnabled' | 'breachAfterDays' | 'ownTarget' | 'ownItems'>,
): string | null {
  const parts = [
    rule.ownEnabled === true ? 'Turned on' : rule.ownEnabled === false ? 'Turned off' : null,
    typeof rule.breachAfterDays === 'number' ? `breach after ${rule.breachAfterDays} d` : null,
    rule.ownTarget ? 'own target' : null,
    rule.ownItems > 0 ? 'own checklist' : null,
  ].filter(Boolean);
  return parts.length ? parts.join(', ') : null;
}
