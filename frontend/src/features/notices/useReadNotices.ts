// Marks notices as read: some, or all. The list, the panel and the count on the bell follow.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { meQuery } from '@/api/queries';
import { failed } from '@/lib/notify';

export function useReadNotices() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (which: { ids: number[] } | { all: true }) =>
      unwrap(api.POST('/api/notices/read', { body: { ids: [], all: false, ...which } })),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['get', '/api/notices'] });
      void queryClient.invalidateQueries({ queryKey: meQuery().queryKey });
    },
    onError: failed,
  });
}
