// The filings list: views with counts, filters in the URL, server-side sort and page.
import { Button } from '@mantine/core';
import { IconFileOff, IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { filingsQuery } from '@/api/queries';
import type { Filing } from '@/api/types';
import { keysOn, useCan, useMe } from '@/app/me';
import { DueCell } from '@/components/Cells';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { LinkTabs } from '@/components/LinkTabs';
import { Page } from '@/components/Page';
import { StatusBadge } from '@/components/StatusBadge';
import { shortClientName } from '@/lib/format';
import { filingColumns } from './columns';
import { DEFAULT_SIZE, DEFAULT_SORT, type FilingSearch, hiddenColumns, toFilingQuery, VIEWS, viewOf } from './search';

const FilingFilters = lazy(() => import('./FilingFilters'));
const ExportMenu = lazy(() => import('@/components/ExportMenu'));
const route = getRouteApi('/_app/filings/');

export function FilingsPage() {
  const me = useMe();
  const can = useCan();
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = toFilingQuery(search);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(filingsQuery(query));
  const view = viewOf(search);
  const today = data?.asOf ?? me.today;

  const change = (part: Partial<FilingSearch>) =>
    void navigate({ to: '/filings', search: { ...search, page: undefined, ...part }, replace: true });
  const open = (filing: Filing) => void navigate({ to: '/filings/$filingId', params: { filingId: String(filing.id) } });
  const filtered = Boolean(
    search.q || search.status || search.regulator || search.clientId || search.assigneeId || search.due || search.fy,
  );

  return (
    <Page
      title="Filings"
      crumbs={[{ label: 'Compliance' }]}
      flush
      actions={
        can('filings.view') && (
          <>
            {can('relaxations.preview') && (
              <Button component={Link} to="/relaxations" variant="default">
                Extend due dates…
              </Button>
            )}
            <Suspense fallback={null}>
              <ExportMenu path="/api/return-filings/export" query={query} />
            </Suspense>
          </>
        )
      }
    >
      <LinkTabs
        label="Views"
        current={view}
        items={VIEWS.map(({ key, title }) => ({
          key,
          title,
          count: data?.counts[key],
          to: '/filings',
          search: { ...search, view: key === 'open' ? undefined : key, page: undefined, status: undefined },
        }))}
      />
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <FilingFilters search={search} today={today} onChange={change} filtered={filtered} />
      </Suspense>
      {error && !data ? (
        <div style={{ padding: 'var(--z-page-x)' }}>
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        </div>
      ) : (
        <DataTable
          caption="Filings"
          columns={filingColumns(today)}
          rows={data?.items}
          rowKey={(row) => String(row.id)}
          onOpen={open}
          keys={keysOn(me)}
          sort={search.sort ?? DEFAULT_SORT}
          onSort={(sort) => change({ sort: sort.join() === DEFAULT_SORT.join() ? undefined : sort })}
          hidden={hiddenColumns(search)}
          page={search.page ?? 1}
          perPage={search.size ?? DEFAULT_SIZE}
          total={data?.total ?? 0}
          onPage={(page) => change({ page: page === 1 ? undefined : page })}
          onPerPage={(size) => change({ size: size === DEFAULT_SIZE ? undefined : size })}
          busy={isFetching && isPlaceholderData}
          renderCard={(row) => <FilingCard filing={row} today={today} />}
          empty={
            filtered ? (
              <EmptyNote icon={IconFilterOff} text="No filings match these filters.">
                <Button
                  variant="default"
                  onClick={() => void navigate({ to: '/filings', search: { view: search.view } })}
                >
                  Clear filters
                </Button>
              </EmptyNote>
            ) : view === 'pastDue' ? (
              <EmptyNote icon={IconFileOff} text="Nothing past due." />
            ) : view === 'due7' ? (
              <EmptyNote icon={IconFileOff} text="Nothing is due in the next 7 days." />
            ) : (
              <EmptyNote
                icon={IconFileOff}
                text="No filings yet. Add a client's registrations and facts, and ZippCRM plans the returns for the next 18 months."
              >
                <Button component={Link} to="/clients">
                  Open clients
                </Button>
              </EmptyNote>
            )
          }
        />
      )}
    </Page>
  );
}

/** A filing in two lines, for a phone. */
export function FilingCard({ filing, today }: { filing: Filing; today: string }) {
  return (
    <Link to="/filings/$filingId" params={{ filingId: String(filing.id) }} className={cardClass}>
      <span className="z-between">
        <span className="z-clip">
          <span className="z-strong">{filing.code}</span> <span className="z-2">{filing.periodLabel}</span>
        </span>
        <StatusBadge status={filing.status} />
      </span>
      <span className="z-between z-2">
        <span className="z-clip">{shortClientName(filing.clientName)}</span>
        <DueCell filing={filing} today={today} compact />
      </span>
    </Link>
  );
}
