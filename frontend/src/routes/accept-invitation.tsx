// /accept-invitation?token=...
import { createFileRoute } from '@tanstack/react-router';
import { text } from '@/app/search';
import { AcceptInvitationPage } from '@/features/auth/AcceptInvitationPage';

export const Route = createFileRoute('/accept-invitation')({
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  component: AcceptInvitationPage,
});
