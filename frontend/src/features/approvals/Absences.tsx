// Who is away from when to when, and who decides meanwhile.

import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { api } from '@/api/client';
import type { ApprovalPolicy, Delegation, UserRef } from '@/api/types';
import { useDialog } from '@/app/dialog';
import { useCan, useMe } from '@/app/me';
import { WriteButton } from '@/components/WriteButton';
import { formatRange } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import { useRefreshApprovals } from './useRefreshApprovals';

const AbsenceDialog = lazy(() => import('./AbsenceDialog'));

type Props = { items: Delegation[]; policies: ApprovalPolicy[]; people: UserRef[] };

export function Absences({ items, policies, people }: Props) {
  const me = useMe();
  const can = useCan();
  const refresh = useRefreshApprovals();
  const dialog = useDialog();
  const mayAdd = can('approvals.decide') || can('policies.edit');
  const end = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/approvals/delegations/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      done('Ended.');
      refresh();
    },
    onError: failed,
  });
  const may = (one: Delegation) => can('policies.edit') || (one.from.id === me.user.id && can('approvals.decide'));
  const scope = (one: Delegation) =>
    one.actions.length === 0
      ? 'for everything'
      : `for: ${one.actions.map((action) => policies.find((p) => p.action === action)?.title ?? action).join(', ')}`;
  return (
    <section className="z-card" aria-labelledby="away">
      <header>
        <h2 id="away">Away, and who stands in</h2>
        {mayAdd && (
          <WriteButton variant="default" ml="auto" onClick={() => dialog.open('absence')}>
            Enter an absence
          </WriteButton>
        )}
      </header>
      {items.length === 0 ? (
        <p className="z-card-body z-2" style={{ margin: 0 }}>
          Nobody is away. A stand-in decides in the other’s place, which every decision says; never about what either of
          them proposed.
        </p>
      ) : (
        <ul>
          {items.map((one) => (
            <li key={one.id} className="z-card-row z-between">
              <span className="z-grow">
                <span className="z-strong">{one.from.name}</span>, {formatRange(one.starts, one.ends)}
                {one.inForce && ' (now)'}
                <br />
                <span className="z-2">
                  {one.to ? `${one.to.name} decides in their place, ${scope(one)}` : 'Nobody stands in'}
                </span>
              </span>
              {may(one) && (
                <WriteButton
                  variant="default"
                  aria-label={`End the absence of ${one.from.name}`}
                  loading={end.isPending && end.variables === one.id}
                  onClick={() => end.mutate(one.id)}
                >
                  End
                </WriteButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayAdd && dialog.name === 'absence' && (
        <Suspense fallback={null}>
          <AbsenceDialog policies={policies} people={people} onClose={dialog.close} />
        </Suspense>
      )}
    </section>
  );
}
