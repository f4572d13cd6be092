// Relaxations in words and looks.
import { IconArrowBackUp, IconCalendarPlus } from '@tabler/icons-react';
import type { Relaxation, RelaxationCounts } from '@/api/types';
import { formatCount, formatDate, plural } from '@/lib/format';
import type { StatusLook } from '@/lib/status';

export function relaxationLook(state: string): StatusLook {
  return state === 'undone'
    ? { tone: 'neutral', icon: IconArrowBackUp, label: 'Undone' }
    : { tone: 'success', icon: IconCalendarPlus, label: 'Standing' };
}

/** What it gives: "To 30 Nov 2026", "15 days more", "No additional fee until 31 Jan 2027". */
export function effectWords(r: Pick<Relaxation, 'effect' | 'newDueOn' | 'extraDays' | 'freeUntil'>): string {
  if (r.effect === 'new_date') return `To ${formatDate(r.newDueOn)}`;
  if (r.effect === 'extra_days') return `${plural(r.extraDays ?? 0, 'day')} more`;
  return `No additional fee until ${formatDate(r.freeUntil)}`;
}

/** Why filings stay as they are, with how many: only reasons that occur. */
export function stayWords(counts: RelaxationCounts): string[] {
  const rows: [number, string][] = [
    [counts.asLateAlready, 'due that late already'],
    [counts.lateBefore, 'late when the circular came'],
    [counts.noDate, 'without a date'],
    [counts.filed, 'filed'],
    [counts.closedOtherwise, 'waived or not applicable'],
  ];
  return rows.filter(([count]) => count > 0).map(([count, words]) => `${formatCount(count)} ${words}`);
}

const STAYS: Record<string, string> = {
  as_late_already: 'Due that late already',
  late_before: 'Late when the circular came',
  no_date: 'Has no date to move',
};

/** Why one filing stays. */
export function staysBecause(why: string | null | undefined): string {
  return STAYS[why ?? ''] ?? '';
}
