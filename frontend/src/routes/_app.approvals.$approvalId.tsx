// /approvals/7 : one change, beside the list
import { createFileRoute } from '@tanstack/react-router';
import { ApprovalPage } from '@/features/approvals/ApprovalPage';
import { type ApprovalSearch, approvalSearch } from '@/features/approvals/search';

export const Route = createFileRoute('/_app/approvals/$approvalId')({
  validateSearch: (search: Record<string, unknown>): ApprovalSearch => approvalSearch(search),
  component: ApprovalPage,
});
