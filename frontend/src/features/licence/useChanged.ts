// After a change of the licence everything that was loaded may look different.
import { useQueryClient } from '@tanstack/react-query';

export function useChanged(): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries();
}
