// The filings list: views with counts, filters in the URL, server-side sort and page, selection, and a filing beside it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { filingsQuery, viewsQuery } from '@/api/queries';
import type { Filing, SavedView } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useCan, useMe } from '@/app/me';
import { DueCell } from '@/components/Cells';
import { cardClass, DataTable } from '@/components/DataTable';
import { ErrorCard } from '@/components/ErrorCard';
import { LinkTabs } from '@/components/LinkTabs';
import { Page } from '@/components/Page';
import { PrintHead } from '@/components/PrintHead';
import { StatusBadge } from '@/components/StatusBadge';
import { plural, shortClientName } from '@/lib/format';
import type { BulkKind } from './bulk/SelectionBar';
import { filingColumns } from './columns';
import { EmptyFilings } from './EmptyFilings';
import { rememberList } from './listContext';
import {
  DEFAULT_SIZE,
  DEFAULT_SORT,
  type FilingSearch,
  hiddenColumns,
  isFiltered,
  toFilingQuery,
  toFilter,
  VIEWS,
  viewOf,
} from './search';
import type { Scope } from './useBulk';
import { FILING_LIST, searchOf } from './views';

// Asked for with the page itself, so that they come with the first rows.
const filters = import('./FilingFilters');
const FilingFilters = lazy(() => filters);
const ExportMenu = lazy(() => import('@/components/ExportMenu'));
const FilingDrawer = lazy(() => import('./FilingDrawer'));
const SelectionBar = lazy(() => import('./bulk/SelectionBar'));
const ViewControls = lazy(() => import('@/components/ViewControls'));
const route = getRouteApi('/_app/filings/');

const nameOf = (filing: Filing) => `${filing.code} ${filing.periodLabel}, ${shortClientName(filing.clientName)}`;

export function FilingsPage() {
  const me = useMe();
  const can = useCan();
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = toFilingQuery(search);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(filingsQuery(query));
  const saved = useQuery(viewsQuery());
  const views = (saved.data?.items ?? []) as SavedView[];
  const named = views.find((one) => one.id === search.saved);
  const view = viewOf(search);
  const today = data?.asOf ?? me.today;
  const filtered = isFiltered(search);
  const [current, setCurrent] = useState<Filing | null>(null);
  const [picked, setPicked] = useState<ReadonlyMap<string, Filing>>(new Map());
  const [everything, setEverything] = useState(false);
  const [asked, setAsked] = useState<BulkKind | null>(null);
  const items = data?.items;

  const change = (part: Partial<FilingSearch>) => {
    clear();
    void navigate({ to: '/filings', search: { ...search, page: undefined, ...part }, replace: true });
  };
  const clear = () => {
    setPicked(new Map());
    setEverything(false);
    setAsked(null);
  };
  const open = (filing: Filing) => void navigate({ to: '/filings/$filingId', params: { filingId: String(filing.id) } });
  // The first peek is a step that Back closes; those after it replace it.
  const peek = (filing: Filing) =>
    void navigate({
      to: '/filings',
      search: { ...search, open: filing.id },
      replace: search.open !== undefined,
      resetScroll: false,
    });
  const closePeek = () =>
    void navigate({ to: '/filings', search: { ...search, open: undefined }, replace: true, resetScroll: false });
  const movePeek = (by: 1 | -1) => {
    const at = items?.findIndex((item) => item.id === search.open) ?? -1;
    const next = items?.[at < 0 ? 0 : at + by];
    if (next) peek(next);
  };

  useEffect(() => {
    if (items) rememberList({ query });
  }, [items, query]);
  // A bare address starts with the person's own view.
  const start = views.find((one) => one.isDefault);
  useEffect(() => {
    const bare = Object.values(search).every((value) => value === undefined);
    if (start && bare && !sessionStorage.getItem(STARTED)) {
      sessionStorage.setItem(STARTED, 'yes');
      void navigate({ to: '/filings', search: searchOf(start), replace: true });
    }
  }, [start, search, navigate]);

  const rows = [...picked.values()];
  const subject = rows.length ? rows : current ? [current] : [];
  const scope: Scope = everything
    ? { kind: 'filter', filter: toFilter(search), total: data?.total ?? 0 }
    : { kind: 'rows', rows: subject.map((row) => ({ id: row.id, version: row.version, name: nameOf(row) })) };
  const pageFull = items !== undefined && items.length > 0 && items.every((item) => picked.has(String(item.id)));
  const edit = can('filings.edit');
  useHotkeys(
    edit && search.open === undefined
      ? {
          a: () => subject.length > 0 && setAsked('assign'),
          e: () => subject.length > 0 && setAsked('target'),
        }
      : {},
    keysOn(me),
  );
  const bar = picked.size > 0 || asked;

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
      <PrintHead
        title={named?.name ?? VIEWS.find((one) => one.key === view)?.title ?? 'Filings'}
        words={`${plural(items?.length ?? 0, 'filing')} of ${data?.total ?? 0}${filtered ? ', filtered' : ''}`}
      />
      <LinkTabs
        label="Views"
        current={named ? `saved-${named.id}` : view}
        items={[
          ...VIEWS.map(({ key, title }) => ({
            key,
            title,
            count: named ? undefined : data?.counts[key],
            to: '/filings',
            // From a saved view back to a plain one; between plain ones the filters stay.
            search: named
              ? { view: key === 'open' ? undefined : key }
              : {
                  ...search,
                  view: key === 'open' ? undefined : key,
                  page: undefined,
                  status: undefined,
                  open: undefined,
                },
          })),
          ...views.map((one) => ({
            key: `saved-${one.id}`,
            title: one.name,
            count: one.count ?? undefined,
            capped: 1_000,
            to: '/filings',
            search: searchOf(one),
          })),
        ]}
        right={
          <Suspense fallback={null}>
            <ViewControls of={FILING_LIST} search={search} view={named} />
          </Suspense>
        }
      />
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <FilingFilters search={search} today={today} onChange={change} filtered={filtered} rows={items} />
      </Suspense>
      {error && !data ? (
        <div style={{ padding: 'var(--z-page-x)' }}>
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        </div>
      ) : (
        <DataTable
          caption="Filings"
          columns={filingColumns(today)}
          rows={items}
          rowKey={(row) => String(row.id)}
          onOpen={open}
          onPeek={peek}
          peeking={search.open === undefined ? undefined : String(search.open)}
          onCurrent={setCurrent}
          keys={keysOn(me)}
          sort={search.sort ?? DEFAULT_SORT}
          onSort={(sort) => change({ sort: sort.join() === DEFAULT_SORT.join() ? undefined : sort })}
          hidden={hiddenColumns(search)}
          order={search.cols}
          rowHeight={search.rows}
          selection={{
            keys: new Set(picked.keys()),
            name: (index) => (items?.[index] ? nameOf(items[index]) : ''),
            onChange: (keys) => {
              setEverything(false);
              const known = new Map([...picked, ...(items ?? []).map((item) => [String(item.id), item] as const)]);
              setPicked(new Map([...keys].flatMap((key) => (known.has(key) ? [[key, known.get(key) as Filing]] : []))));
            },
          }}
          bar={
            bar ? (
              <Suspense fallback={null}>
                <SelectionBar
                  scope={scope}
                  query={query}
                  total={data?.total ?? 0}
                  onSelectAll={
                    pageFull && !everything && (data?.total ?? 0) > picked.size ? () => setEverything(true) : undefined
                  }
                  onClear={clear}
                  asked={asked}
                  onAsked={setAsked}
                  quiet={picked.size === 0}
                />
              </Suspense>
            ) : undefined
          }
          page={search.page ?? 1}
          perPage={search.size ?? DEFAULT_SIZE}
          total={data?.total ?? 0}
          onPage={(page) =>
            void navigate({ to: '/filings', search: { ...search, page: page === 1 ? undefined : page } })
          }
          onPerPage={(size) => change({ size: size === DEFAULT_SIZE ? undefined : size })}
          busy={isFetching && isPlaceholderData}
          renderCard={(row) => <FilingCard filing={row} today={today} />}
          empty={<EmptyFilings view={view} filtered={filtered} />}
        />
      )}
      {search.open !== undefined && (
        <Suspense fallback={null}>
          <FilingDrawer id={search.open} onClose={closePeek} onMove={movePeek} />
        </Suspense>
      )}
    </Page>
  );
}

/** Marks that this browser tab went to the person's own view once; after that, Open is only a click away. */
const STARTED = 'zippcrm-filings-started';

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
