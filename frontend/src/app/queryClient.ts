// The query cache: retries only what may heal by itself, never a refusal.
import { QueryClient } from '@tanstack/react-query';
import { toApiError } from '@/api/error';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => {
          const { status } = toApiError(error);
          return failures < 2 && (status === 0 || status === 429 || status >= 502);
        },
        retryDelay: (attempt, error) => (toApiError(error).retryAfter ?? 2 ** attempt) * 1_000,
      },
      mutations: { retry: false },
    },
  });
}
