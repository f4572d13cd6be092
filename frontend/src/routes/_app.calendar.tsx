// /calendar : month, agenda, clients by month, workload; all its state in the URL
import { createFileRoute } from '@tanstack/react-router';
import { CalendarPage } from '@/features/calendar/CalendarPage';
import { calendarSearch } from '@/features/calendar/search';

export const Route = createFileRoute('/_app/calendar')({
  validateSearch: calendarSearch,
  component: CalendarPage,
});
