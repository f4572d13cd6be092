// /relaxations : circulars that extend due dates, standing and undone
import { createFileRoute } from '@tanstack/react-router';
import { whole } from '@/app/search';
import { RelaxationsPage } from '@/features/relaxations/RelaxationsPage';

export const Route = createFileRoute('/_app/relaxations/')({
  validateSearch: (search: Record<string, unknown>): { page?: number } => ({ page: whole(search.page, 2) }),
  component: RelaxationsPage,
});
