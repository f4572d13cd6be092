// /audit : who did what and when, with all its state in the URL
import { createFileRoute } from '@tanstack/react-router';
import { journalPagesQuery, sealQuery } from '@/api/queries';
import { AuditPage } from '@/features/audit/AuditPage';
import { auditSearch, toJournalQuery } from '@/features/audit/search';

export const Route = createFileRoute('/_app/audit')({
  validateSearch: auditSearch,
  loaderDeps: ({ search: { open: _, ...search } }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(journalPagesQuery(toJournalQuery(deps)));
    void context.queryClient.prefetchQuery(sealQuery());
  },
  component: AuditPage,
});
