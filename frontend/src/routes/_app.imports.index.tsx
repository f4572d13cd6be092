// /imports : past imports of clients
import { createFileRoute } from '@tanstack/react-router';
import { whole } from '@/app/search';
import { ImportsPage } from '@/features/imports/ImportsPage';

export const Route = createFileRoute('/_app/imports/')({
  validateSearch: (search: Record<string, unknown>): { page?: number } => ({ page: whole(search.page, 2) }),
  component: ImportsPage,
});
