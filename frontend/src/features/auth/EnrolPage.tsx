// Where somebody lands who needs a second factor and has none: nothing else opens until it is set up.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useSignOut } from '@/app/signOut';
import { EnrolSteps } from '@/features/secondFactor/EnrolSteps';
import { AuthFrame } from './AuthFrame';
import { insideTarget } from './target';

const route = getRouteApi('/enrol');

export function EnrolPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const signOut = useSignOut();
  const onDone = () => {
    queryClient.clear();
    router.history.push(insideTarget(next));
  };
  return (
    <AuthFrame title="Set up your second factor">
      <p>
        Your firm, or what you may do here, asks for a second factor: a code from an app on your phone beside your
        password.
      </p>
      <EnrolSteps onDone={onDone} />
      <div>
        <Button variant="subtle" onClick={signOut}>
          Sign out
        </Button>
      </div>
    </AuthFrame>
  );
}
