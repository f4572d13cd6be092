// Notices that the session ended and brings the sign-in dialog, which is loaded only then.
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onSessionEnded } from '@/api/client';
import { toApiError } from '@/api/error';
import { useMe } from './me';

const SignInDialog = lazy(() => import('./SignInDialog'));

export function SessionEnded() {
  const me = useMe();
  const queryClient = useQueryClient();
  const [ended, setEnded] = useState(false);
  useEffect(() => onSessionEnded(() => setEnded(true)), []);
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return;
        if (toApiError(event.action.error).status === 401) setEnded(true);
      }),
    [queryClient],
  );
  if (!ended) return null;
  return (
    <Suspense fallback={null}>
      <SignInDialog
        email={me.user.email ?? ''}
        onDone={() => {
          setEnded(false);
          void queryClient.invalidateQueries();
        }}
      />
    </Suspense>
  );
}
