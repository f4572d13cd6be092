// A form about a record whose change came back: it opens with the values that were proposed, and says what the checker wrote.
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { approvalQuery, pendingOnQuery } from '@/api/queries';
import { useMe } from '@/app/me';

/** The kept change of one's own that was sent back, as the server keeps it. */
export type Kept = Record<string, unknown>;

type Props = {
  /** The record: "client:12". */
  on: string;
  /** Which kept change fills this form: "update_client". */
  command: string;
  children: (kept: Kept | null, notice: ReactNode) => ReactNode;
};

export function Corrected({ on, command, children }: Props) {
  const me = useMe();
  const wanted = me.counters.pendingApprovals > 0 && me.permissions.includes('approvals.view');
  const held = useQuery({ ...pendingOnQuery(on), enabled: wanted });
  const mine = held.data?.items.find((one) => one.state === 'returned' && one.maker.id === me.user.id);
  const one = useQuery({ ...approvalQuery(mine?.id ?? 0), enabled: mine !== undefined });
  if ((wanted && held.isPending) || (mine && one.isPending)) return null;
  const change = one.data?.toCorrect as { command?: string; with?: Kept } | null | undefined;
  if (!mine || change?.command !== command) return children(null, null);
  const said = one.data?.decisions.findLast((decision) => decision.verdict === 'return');
  return children(
    change.with ?? null,
    <div className="z-notice" data-tone="warn">
      <IconArrowBackUp size={16} aria-hidden="true" />
      <p className="z-grow">
        {said ? `${said.by.name} sent it back: “${said.comment}”` : 'It was sent back.'} The form holds what you
        proposed; correct it and send it again.
      </p>
    </div>,
  );
}
