// /approvals : what waits for a second pair of eyes
import { createFileRoute } from '@tanstack/react-router';
import { ApprovalsPage } from '@/features/approvals/ApprovalsPage';
import { type ApprovalSearch, approvalSearch } from '@/features/approvals/search';

export const Route = createFileRoute('/_app/approvals/')({
  validateSearch: (search: Record<string, unknown>): ApprovalSearch => approvalSearch(search),
  component: () => <ApprovalsPage />,
});
