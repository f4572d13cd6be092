// The sign-in page.
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { AuthFrame } from './AuthFrame';
import { SignInForm } from './SignInForm';
import { insideTarget } from './target';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const onDone = () => {
    queryClient.clear();
    router.history.push(insideTarget(next));
  };
  return (
    <AuthFrame title="Sign in">
      <SignInForm onDone={onDone} />
      <p>
        <Link to="/forgot-password">Forgot your password?</Link>
      </p>
    </AuthFrame>
  );
}
