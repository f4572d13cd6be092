// Whether anything may be changed now. In a firm whose licence lapsed only reading, exports, evidence and recording a filing
// go on. The server decides; this lets a control say so beforehand.
import type { MouseEvent } from 'react';
import { refusePlan } from '@/api/client';
import { dateOf, formatDate } from '@/lib/format';
import { useMe } from './me';

/** Why nothing may be changed, in a sentence; null while everything may. */
export function useReadOnly(): string | null {
  const { mode } = useMe().entitlements;
  if (mode.kind !== 'read_only') return null;
  const since = mode.readOnlyFrom ? ` since ${formatDate(dateOf(mode.readOnlyFrom))}` : '';
  return `Read-only${since}. You can view, export, print and record filings.`;
}

/** Like useCan, for what is not a button of its own: false while nothing may be changed. */
export function useCanChange(): (permission: string) => boolean {
  const me = useMe();
  const open = me.entitlements.mode.kind !== 'read_only';
  return (permission) => open && me.permissions.includes(permission);
}

/** A feature of the plan, and its name at the start of a sentence. */
export type Needs = { feature: string; title: string };

/** What an unusable control is given instead of its own action; null while it may be used. */
export function useShut(needs?: Needs): { attributes: object; locked: boolean } | null {
  const why = useReadOnly();
  const { features, unlockedBy, planName } = useMe().entitlements;
  if (why) {
    const onClick = (event: MouseEvent) => {
      event.preventDefault();
      event.stopPropagation();
    };
    return { locked: false, attributes: { 'aria-disabled': true, 'data-disabled': true, title: why, onClick } };
  }
  if (!needs || features.includes(needs.feature)) return null;
  const plan = unlockedBy?.[needs.feature] ?? null;
  const message = plan
    ? `${needs.title}: on ${plan}. You are on ${planName}.`
    : `${needs.title}: not part of the plans on offer here. You are on ${planName}.`;
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    refusePlan({ feature: needs.feature, unlockedBy: plan, message });
  };
  return { locked: true, attributes: { title: message, onClick } };
}
