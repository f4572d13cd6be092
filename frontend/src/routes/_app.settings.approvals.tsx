// /settings/approvals : who approves what, and who stands in for whom
import { createFileRoute } from '@tanstack/react-router';
import { dialogSearch } from '@/app/dialog';
import { LevelsPage } from '@/features/approvals/LevelsPage';

export const Route = createFileRoute('/_app/settings/approvals')({
  validateSearch: dialogSearch,
  component: LevelsPage,
});
