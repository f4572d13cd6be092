// Everything behind sign-in: loads who you are once, else sends you to the sign-in page and back.
import { createFileRoute, redirect } from '@tanstack/react-router';
import { toApiError } from '@/api/error';
import { meQuery } from '@/api/queries';
import { AppShell } from '@/app/AppShell';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery());
      if (me.mustEnrol) {
        throw redirect({ to: '/enrol', search: location.href === '/' ? {} : { next: location.href } });
      }
    } catch (error) {
      if (toApiError(error).status === 401) {
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
      }
      throw error;
    }
  },
  component: AppShell,
});
