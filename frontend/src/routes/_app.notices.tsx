// /notices : what you were told
import { createFileRoute } from '@tanstack/react-router';
import { whole } from '@/app/search';
import { NoticesPage } from '@/features/notices/NoticesPage';

export const Route = createFileRoute('/_app/notices')({
  validateSearch: (search: Record<string, unknown>): { page?: number; show?: 'all' } => ({
    page: whole(search.page, 2),
    show: search.show === 'all' ? 'all' : undefined,
  }),
  component: NoticesPage,
});
