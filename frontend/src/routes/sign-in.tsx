// /sign-in
import { createFileRoute } from '@tanstack/react-router';
import { text } from '@/app/search';
import { SignInPage } from '@/features/auth/SignInPage';

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  component: SignInPage,
});
