// /enrol: for whoever needs a second factor and has none.
import { createFileRoute, redirect } from '@tanstack/react-router';
import { toApiError } from '@/api/error';
import { meQuery } from '@/api/queries';
import { text } from '@/app/search';
import { EnrolPage } from '@/features/auth/EnrolPage';

export const Route = createFileRoute('/enrol')({
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  beforeLoad: async ({ context }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery());
      if (!me.mustEnrol) throw redirect({ to: '/' });
    } catch (error) {
      if (toApiError(error).status === 401) throw redirect({ to: '/sign-in' });
      throw error;
    }
  },
  component: EnrolPage,
});
