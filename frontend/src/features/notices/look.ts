// How loud a notice is: tone, shape and word, always all three.
import { IconAlertCircle, IconAlertOctagonFilled, IconBell, IconClockHour4 } from '@tabler/icons-react';
import { humanise } from '@/lib/format';
import type { StatusLook } from '@/lib/status';

/** The look of a notice by severity; the word is its rung of the ladder. */
export function noticeLook(severity: string, rung: string | null | undefined): StatusLook {
  const label = rung ?? humanise(severity);
  if (severity === 'critical') return { tone: 'critical', icon: IconAlertOctagonFilled, label };
  if (severity === 'danger') return { tone: 'danger', icon: IconAlertCircle, label };
  if (severity === 'warn') return { tone: 'warn', icon: IconClockHour4, label };
  return { tone: 'neutral', icon: IconBell, label };
}
