// After a decision: the lists, the badge, and whatever the change may have touched.
import { useQueryClient } from '@tanstack/react-query';

export function useRefreshApprovals(): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== '/api/reference' });
}
