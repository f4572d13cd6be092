// /relaxations/new : carry a circular out on many due dates
import { createFileRoute } from '@tanstack/react-router';
import { list } from '@/app/search';
import { NewRelaxationPage } from '@/features/relaxations/NewRelaxationPage';

export const Route = createFileRoute('/_app/relaxations/new')({
  validateSearch: (search: Record<string, unknown>): { code?: string[] } => ({ code: list(search.code) }),
  component: NewRelaxationPage,
});
