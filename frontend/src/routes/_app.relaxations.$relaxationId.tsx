// /relaxations/7 : one circular, what it did, and the way back
import { createFileRoute } from '@tanstack/react-router';
import { whole } from '@/app/search';
import { RelaxationPage } from '@/features/relaxations/RelaxationPage';

export const Route = createFileRoute('/_app/relaxations/$relaxationId')({
  validateSearch: (search: Record<string, unknown>): { page?: number } => ({ page: whole(search.page, 2) }),
  component: RelaxationPage,
});
