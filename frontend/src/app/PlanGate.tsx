// Shows what a larger plan would unlock: when an answer says 402, and when a locked item is pressed.
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onPlanRefused, type PlanRefusal } from '@/api/client';
import { meQuery } from '@/api/queries';

const UpgradeDialog = lazy(() => import('./UpgradeDialog'));

export function PlanGate() {
  const queryClient = useQueryClient();
  const [refused, setRefused] = useState<PlanRefusal | null>(null);
  useEffect(
    () =>
      onPlanRefused((refusal) => {
        setRefused(refusal);
        // The plan may have changed since the page was loaded.
        void queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
      }),
    [queryClient],
  );
  if (!refused) return null;
  return (
    <Suspense fallback={null}>
      <UpgradeDialog refused={refused} onClose={() => setRefused(null)} />
    </Suspense>
  );
}
