// What a change to the firm's rules would do, asked of the server a moment after the last key.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Effect } from '@/api/types';

/** Asks when there is something to ask; `body` is what the answer depends on. */
export function useEffectOf<T>(key: string, body: T | null, ask: (body: T) => Promise<Effect>) {
  const [settled] = useDebouncedValue(JSON.stringify(body), 400);
  return useQuery({
    queryKey: ['effect', key, settled],
    queryFn: () => ask(JSON.parse(settled) as T),
    enabled: body !== null && settled !== 'null',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
}
