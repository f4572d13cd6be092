// How a proposal looks and reads, and which words of a text differ.
import {
  IconArrowBackUp,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCircleX,
  IconClockOff,
  IconHourglassHigh,
  IconRefreshAlert,
} from '@tabler/icons-react';
import { dateOf, daysBetween, formatTime } from '@/lib/format';
import type { StatusLook } from '@/lib/status';

const LOOKS: Record<string, StatusLook> = {
  pending: { tone: 'review', icon: IconHourglassHigh, label: 'Awaiting approval' },
  returned: { tone: 'warn', icon: IconArrowBackUp, label: 'Sent back' },
  executed: { tone: 'success', icon: IconCircleCheckFilled, label: 'Approved and carried out' },
  rejected: { tone: 'danger', icon: IconCircleX, label: 'Rejected' },
  withdrawn: { tone: 'neutral', icon: IconCircleMinus, label: 'Withdrawn' },
  expired: { tone: 'neutral', icon: IconClockOff, label: 'Lapsed undecided' },
  stale: { tone: 'danger', icon: IconRefreshAlert, label: 'Out of date' },
};

/** The look of a state. */
export function proposalLook(state: string): StatusLook {
  return LOOKS[state] ?? { tone: 'neutral', icon: IconCircleMinus, label: state };
}

/** How long ago, by the server's day: "today 14:05", "yesterday", "3 days ago". */
export function ageWords(instant: string, today: string): string {
  const days = daysBetween(dateOf(instant), today);
  if (days <= 0) return `today ${formatTime(instant)}`;
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** A stretch of text; `mark` when the other side does not have it. */
export type Part = { text: string; mark: boolean };

/** Marks the words of each text that the other does not have, in order. Long texts are marked whole. */
export function wordMarks(before: string, after: string): { before: Part[]; after: Part[] } {
  const [a, b] = [before.split(/(\s+)/), after.split(/(\s+)/)];
  if (a.length * b.length > 40_000)
    return { before: [{ text: before, mark: true }], after: [{ text: after, mark: true }] };
  // Longest common run of words, by the textbook table.
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const [left, right]: [Part[], Part[]] = [[], []];
  const push = (parts: Part[], text: string, mark: boolean) => {
    const last = parts[parts.length - 1];
    if (last && last.mark === mark) last.text += text;
    else if (text) parts.push({ text, mark });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i] ?? '', b[j] ?? ''];
    if (i < a.length && j < b.length && x === y) {
      push(left, x, false);
      push(right, y, false);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      push(left, x, true);
      i++;
    } else {
      push(right, y, true);
      j++;
    }
  }
  return { before: left, after: right };
}
