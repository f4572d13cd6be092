// After the firm changed its rules: the library and everything that shows a date are asked for again, now and once more
// when the filings have followed in the background.
import { useQueryClient } from '@tanstack/react-query';

const SHOWS_RULES = /^\/api\/(rulebook|return-filings|calendar|clients|today|me|approvals)/;

export function useRulesChanged(): () => void {
  const queryClient = useQueryClient();
  const again = () =>
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && SHOWS_RULES.test(queryKey[1]),
    });
  return () => {
    again();
    setTimeout(again, 3_000);
  };
}
