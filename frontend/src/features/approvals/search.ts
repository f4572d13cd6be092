// The list of approvals in the address: whose, and whether what waits or what is over.
import type { Inbox } from '@/api/queries';

export type ApprovalSearch = { inbox?: Inbox; over?: boolean };

/** Reads the address; what is not known is left out. */
export function approvalSearch(search: Record<string, unknown>): ApprovalSearch {
  const inbox = search.inbox === 'by_me' || search.inbox === 'all' ? search.inbox : undefined;
  return { ...(inbox ? { inbox } : {}), ...(search.over === true ? { over: true } : {}) };
}
