// Saves theme and keyboard choices with the person; shown at once, taken back if the server refuses.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { meQuery } from '@/api/queries';
import type { Me } from '@/api/types';
import { failed } from '@/lib/notify';

export function useSavePreferences() {
  const queryClient = useQueryClient();
  const key = meQuery().queryKey;
  return useMutation({
    mutationFn: (change: Partial<Me['preferences']>) => {
      const me = queryClient.getQueryData<Me>(key);
      const preferences = { theme: 'system' as const, singleKeys: true, ...me?.preferences, ...change };
      return unwrap(api.PATCH('/api/me', { body: { preferences } }));
    },
    onMutate: (change) => {
      const before = queryClient.getQueryData<Me>(key);
      if (before) queryClient.setQueryData(key, { ...before, preferences: { ...before.preferences, ...change } });
      return before;
    },
    onError: (error, _change, before) => {
      if (before) queryClient.setQueryData(key, before);
      failed(error);
    },
    onSuccess: (me) => queryClient.setQueryData(key, me),
  });
}
