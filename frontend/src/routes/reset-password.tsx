// /reset-password?token=...
import { createFileRoute } from '@tanstack/react-router';
import { text } from '@/app/search';
import { ResetPasswordPage } from '@/features/auth/ResetPasswordPage';

export const Route = createFileRoute('/reset-password')({
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  component: ResetPasswordPage,
});
