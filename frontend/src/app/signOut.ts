// Signing out, from the menu and from the profile page.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { failed } from '@/lib/notify';

/** Ends the session and forgets everything that was loaded. */
export function useSignOut(): () => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return () => {
    void (async () => {
      try {
        await api.POST('/api/auth/logout');
      } catch (error) {
        failed(error);
        return;
      }
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    })();
  };
}
