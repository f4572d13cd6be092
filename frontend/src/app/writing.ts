// Whether anything may be changed now. In a firm whose licence lapsed only reading, exports, evidence and recording a filing
// go on. The server decides; this lets a control say so beforehand.
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
