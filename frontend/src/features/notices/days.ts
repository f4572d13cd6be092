// Notices by day, in the order in which they came.
import type { Notice } from '@/api/types';
import { dateOf } from '@/lib/format';

/** Days with their notices; the order of both is the list's. */
export function byDay(notices: Notice[]): [string, Notice[]][] {
  const days = new Map<string, Notice[]>();
  for (const one of notices) {
    const day = dateOf(one.at);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}
