// Whether everybody of the firm needs a second factor. Says first how many have none.
import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Member } from '@/api/types';
import { useReadOnly } from '@/app/writing';
import { useRefreshApprovals } from '@/features/approvals/useRefreshApprovals';

import { plural } from '@/lib/format';
import { done, waitsOrFailed } from '@/lib/notify';

type Props = { everybody: boolean; team: Member[]; onChanged: () => void };

export function SigningInCard({ everybody, team, onChanged }: Props) {
  const readOnly = useReadOnly();
  const without = team.filter((one) => one.active && one.role !== 'portal' && !one.secondFactor).length;
  const refresh = useRefreshApprovals();
  const save = useMutation({
    mutationFn: (requireTotp: boolean) => api.PUT('/api/settings/sign-in', { body: { requireTotp } }),
    onSuccess: (_, on) => {
      done(on ? 'Everybody needs a second factor now.' : 'Only who administers needs a second factor now.');
      onChanged();
    },
    onError: waitsOrFailed(refresh),
  });
  const now = without === 0 ? 'Everybody has one.' : `${plural(without, 'person has', 'people have')} none.`;
  return (
    <section className="z-card" aria-labelledby="signing-in">
      <header>
        <h2 id="signing-in">Signing in</h2>
      </header>
      <div className="z-card-body">
        <Switch
          label="Everybody needs a second factor"
          description={`Administrators always do. Whoever has none reaches only its set-up until it is done. ${now}`}
          checked={everybody}
          disabled={save.isPending || readOnly !== null}
          title={readOnly ?? undefined}
          onChange={(event) => save.mutate(event.currentTarget.checked)}
        />
      </div>
    </section>
  );
}
