// On a record: what waits for approval about it, with the way to the change. On a list: what waits of one kind. Asks only while
// something waits in the firm.
import { IconHourglassHigh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { approvalsQuery, pendingOnQuery } from '@/api/queries';
import type { Proposal } from '@/api/types';
import { useMe } from '@/app/me';
import { formatInstant } from '@/lib/format';

export function PendingNotice({ on }: { on: string }) {
  const me = useMe();
  const wanted = me.counters.pendingApprovals > 0 && me.permissions.includes('approvals.view');
  const { data } = useQuery({ ...pendingOnQuery(on), enabled: wanted });
  if (!wanted || !data || data.items.length === 0) return null;
  return data.items.map((one) => <Waits key={one.id} one={one} />);
}

/** What waits of one action, "access.change", each with what it is about. */
export function PendingOfAction({ action }: { action: string }) {
  const me = useMe();
  const wanted = me.counters.pendingApprovals > 0 && me.permissions.includes('approvals.view');
  const { data } = useQuery({ ...approvalsQuery('all'), enabled: wanted });
  if (!wanted || !data) return null;
  return <PendingList items={data.items.filter((one) => one.action === action)} />;
}

/** The same for a page that has them already. */
export function PendingList({ items }: { items: Proposal[] }) {
  return items.map((one) => <Waits key={one.id} one={one} named />);
}

function Waits({ one, named }: { one: Proposal; named?: boolean }) {
  return (
    <div className="z-notice" data-tone="review" style={{ marginBottom: 12 }}>
      <IconHourglassHigh size={16} aria-hidden="true" />
      <p className="z-grow">
        {one.state === 'returned' ? `Sent back to ${one.maker.name}: ` : 'Waits for approval: '}
        {named ? `${one.about}, ` : ''}
        {lowerFirst(one.title)}, asked by {one.maker.name} on {formatInstant(one.proposedAt)}. What you see here is
        without it.
      </p>
      <Link to="/approvals/$approvalId" params={{ approvalId: String(one.id) }} search={{}}>
        View changes
      </Link>
    </div>
  );
}

/** Carries on a sentence; "KYC" inside stays as it is. */
function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
