// /rules/registers : holidays by calendar and year, and extensions
import { createFileRoute } from '@tanstack/react-router';
import { text, whole } from '@/app/search';
import { RegistersPage } from '@/features/rules/RegistersPage';

export const Route = createFileRoute('/_app/rules/registers')({
  validateSearch: (search: Record<string, unknown>): { calendar?: string; year?: number } => ({
    calendar: text(search.calendar),
    year: whole(search.year, 1900),
  }),
  component: RegistersPage,
});
