// Filing statuses as tone, shape and word: always all three. Extends the registry in theme.ts; no screen styles a status by hand.
import type { Icon } from '@tabler/icons-react';
import {
  IconAlertCircle,
  IconAlertOctagonFilled,
  IconBan,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconClockCheck,
  IconClockHour4,
  IconHourglassEmpty,
  IconHourglassHigh,
} from '@tabler/icons-react';
import type { FilingStatus } from '@/api/types';
import { humanise } from './format';
import type { Tone } from './theme';

export type StatusLook = { tone: Tone; icon: Icon; label: string };

/** How each filing status looks, in the order a list of choices shows them. */
export const filingStatuses: Record<FilingStatus, StatusLook> = {
  breached: { tone: 'critical', icon: IconAlertOctagonFilled, label: 'Breached' },
  overdue: { tone: 'danger', icon: IconAlertCircle, label: 'Overdue' },
  due_today: { tone: 'warn', icon: IconClockHour4, label: 'Due today' },
  due_soon: { tone: 'warn', icon: IconClockHour4, label: 'Due soon' },
  upcoming: { tone: 'neutral', icon: IconCircle, label: 'Due' },
  awaiting_event: { tone: 'info', icon: IconHourglassEmpty, label: 'Awaiting event' },
  in_review: { tone: 'review', icon: IconHourglassHigh, label: 'In review' },
  filed: { tone: 'success', icon: IconCircleCheckFilled, label: 'Filed' },
  filed_late: { tone: 'warn', icon: IconClockCheck, label: 'Filed late' },
  waived: { tone: 'neutral', icon: IconCircleMinus, label: 'Waived' },
  not_applicable: { tone: 'neutral', icon: IconBan, label: 'Not applicable' },
};

/** How a status looks; a status this version does not know is shown by its name. */
export function filingLook(status: string): StatusLook {
  const known: Record<string, StatusLook> = filingStatuses;
  return known[status] ?? { tone: 'neutral', icon: IconCircle, label: humanise(status) };
}

/** True while the filing still has to be done. */
export function isOpen(status: string): boolean {
  return !['filed', 'filed_late', 'waived', 'not_applicable'].includes(status);
}

/** True when the due date has passed and it is not filed. */
export function isPastDue(status: string): boolean {
  return status === 'overdue' || status === 'breached';
}
