// One change by its address, beside the list.
import { getRouteApi } from '@tanstack/react-router';
import { NotFound } from '@/components/NotFound';
import { ApprovalsPage } from './ApprovalsPage';

const route = getRouteApi('/_app/approvals/$approvalId');

export function ApprovalPage() {
  const id = Number(route.useParams().approvalId);
  return Number.isInteger(id) ? <ApprovalsPage id={id} /> : <NotFound />;
}
