// After many due dates moved: everything that shows one is asked for again.
import { useQueryClient } from '@tanstack/react-query';

const SHOWS_DATES = /^\/api\/(return-filings|relaxations|calendar|clients|events|today|me)/;

export function useRefreshDates(): () => void {
  const queryClient = useQueryClient();
  return () =>
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && SHOWS_DATES.test(queryKey[1]),
    });
}
