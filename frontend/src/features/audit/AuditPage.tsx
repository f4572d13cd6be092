// The audit trail: who did what and when, newest first, with the seal above it. Nobody can edit it.
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { journalPagesQuery } from '@/api/queries';
import { keysOn, useMe } from '@/app/me';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { formatInstant, plural } from '@/lib/format';
import classes from './Audit.module.css';
import { auditColumns } from './columns';
import { SealCard } from './SealCard';
import { type AuditSearch, toJournalQuery } from './search';
import { actorWords } from './words';

const AuditFilters = lazy(() => import('./AuditFilters'));
const EntryDrawer = lazy(() => import('./EntryDrawer'));
const route = getRouteApi('/_app/audit');

export function AuditPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const pages = useInfiniteQuery(journalPagesQuery(toJournalQuery(search)));
  const rows = pages.data?.pages.flatMap((page) => page.items);
  const go = (next: AuditSearch) => void navigate({ to: '/audit', search: next, replace: true });
  const open = (id: number) => void navigate({ to: '/audit', search: { ...search, open: id } });
  return (
    <Page title="Audit trail" flush>
      <SealCard />
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <AuditFilters
          search={search}
          onChange={(part) => go({ ...search, open: undefined, ...part })}
          onClear={() => go({})}
        />
      </Suspense>
      {pages.error && !rows ? (
        <div style={{ padding: 'var(--z-page-x)' }}>
          <ErrorCard error={pages.error} what="The audit trail" onRetry={() => void pages.refetch()} />
        </div>
      ) : (
        <DataTable
          caption="Entries"
          columns={auditColumns}
          rows={rows}
          rowKey={(entry) => String(entry.id)}
          onOpen={(entry) => open(entry.id)}
          onPeek={(entry) => open(entry.id)}
          keys={keysOn(me) && !search.open}
          sort={[]}
          onSort={() => undefined}
          page={1}
          perPage={rows?.length ?? 0}
          total={rows?.length ?? 0}
          onPage={() => undefined}
          onPerPage={() => undefined}
          busy={pages.isFetching && !pages.isFetchingNextPage}
          foot={
            <div className={classes.foot}>
              <span className="num" aria-live="polite">
                {plural(rows?.length ?? 0, 'entry', 'entries')} shown{pages.hasNextPage ? '' : ', all there are'}
              </span>
              {pages.hasNextPage && (
                <Button
                  variant="default"
                  loading={pages.isFetchingNextPage}
                  onClick={() => void pages.fetchNextPage()}
                  data-print="hide"
                >
                  Show earlier entries
                </Button>
              )}
            </div>
          }
          renderCard={(entry) => (
            <Link to="/audit" search={{ ...search, open: entry.id }} className={cardClass}>
              <span className="z-between">
                <span className="z-strong z-clip">{actorWords(entry)}</span>
                <span className="z-2 num z-nowrap">{formatInstant(entry.at)}</span>
              </span>
              <span className="z-between z-2">
                <span className="z-clip">{entry.text}</span>
              </span>
            </Link>
          )}
          empty={
            <EmptyNote icon={IconFilterOff} text="No entries match these filters.">
              <Button variant="default" onClick={() => go({})}>
                Clear filters
              </Button>
            </EmptyNote>
          }
        />
      )}
      {search.open && (
        <Suspense fallback={null}>
          <EntryDrawer id={search.open} onClose={() => go({ ...search, open: undefined })} />
        </Suspense>
      )}
    </Page>
  );
}
