// / : Today
import { createFileRoute } from '@tanstack/react-router';
import { todayQuery } from '@/api/queries';
import { text } from '@/app/search';
import { TodayPage } from '@/features/today/TodayPage';

export const Route = createFileRoute('/_app/')({
  validateSearch: (search: Record<string, unknown>): { scope?: 'mine' } => ({
    scope: text(search.scope) === 'mine' ? 'mine' : undefined,
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(todayQuery(deps.scope ?? 'firm'));
  },
  component: TodayPage,
});
