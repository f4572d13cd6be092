// Settings: who approves what, and who stands in for whom.

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { delegationsQuery, policiesQuery, usersQuery } from '@/api/queries';
import type { ApprovalLevel, ApprovalPolicy, UserRef } from '@/api/types';
import { useDialog } from '@/app/dialog';
import { roleTitle, useCan } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { Absences } from './Absences';

const PolicyDialog = lazy(() => import('./PolicyDialog'));

export function LevelsPage() {
  const can = useCan();
  const policies = useQuery(policiesQuery());
  const delegations = useQuery(delegationsQuery());
  const users = useQuery(usersQuery());
  const dialog = useDialog();
  const people = users.data?.items ?? [];
  const most = policies.data?.mostLevels ?? -1;
  const error = policies.error ?? delegations.error;
  const editing = policies.data?.items.find(
    (one) => can('policies.edit') && dialog.name === 'change' && one.action === dialog.who,
  );
  return (
    <Page
      title="Approval levels"
      crumbs={[{ label: 'Settings' }]}
      sub={
        most === 0
          ? 'Your plan has no four eyes: every change applies at once.'
          : most > 0
            ? `Your plan allows ${most} levels. Whoever makes a change never approves it.`
            : 'Whoever makes a change never approves it, and nobody approves two levels of it.'
      }
    >
      {error ? (
        <ErrorCard
          error={error}
          what="The approval levels"
          onRetry={() => {
            void policies.refetch();
            void delegations.refetch();
          }}
        />
      ) : !policies.data || !delegations.data ? (
        <RowsSkeleton rows={8} />
      ) : (
        <div className="z-stack-lg" style={{ maxWidth: 860 }}>
          <section className="z-card" aria-labelledby="what">
            <header>
              <h2 id="what">What needs approval</h2>
            </header>
            <ul>
              {policies.data.items.map((policy) => (
                <li key={policy.action} className="z-card-row z-between">
                  <span className="z-grow">
                    <span className="z-strong">{policy.title}</span>
                    <br />
                    <span className="z-2">
                      {(most !== 0 && levelWords(policy, people).join('; then ')) || 'Applies at once'}
                      {most !== 0 && policy.levels.length > 0 && `. Lapses after ${policy.expiresAfterDays} days`}
                      {most !== 0 && policy.levels.length > 0 && policy.reasonRequired && ', reason required'}
                    </span>
                  </span>
                  {can('policies.edit') && most !== 0 && (
                    <WriteButton
                      variant="default"
                      aria-label={`Change who approves: ${policy.title}`}
                      onClick={() => dialog.open('change', policy.action)}
                    >
                      Change
                    </WriteButton>
                  )}
                </li>
              ))}
            </ul>
          </section>
          <Absences items={delegations.data.items} policies={policies.data.items} people={people} />
        </div>
      )}
      {editing && (
        <Suspense fallback={null}>
          <PolicyDialog policy={editing} people={people} most={most} onClose={dialog.close} />
        </Suspense>
      )}
    </Page>
  );
}

/** Who approves at each level, in words. */
export function levelWords(policy: ApprovalPolicy, people: UserRef[]): string[] {
  const name = (id: number) => people.find((one) => one.id === id)?.displayName ?? 'somebody who left';
  return policy.levels.map((level: ApprovalLevel) => {
    const who = [...(level.roles ?? []).map(roleTitle), ...(level.people ?? []).map(name)].join(' or ');
    return level.fromSize ? `${who}, from ${level.fromSize} ${policy.unit ?? ''}`.trim() : who;
  });
}
