// The clients list: status tabs with counts, filters in the URL, server-side sort and page.
import { Button } from '@mantine/core';
import { IconBuilding, IconFilterOff, IconPlus, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { clientsQuery, viewsQuery } from '@/api/queries';
import type { ClientSummary, SavedView } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useCan, useMe } from '@/app/me';
import { useCanChange } from '@/app/writing';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { LinkTabs } from '@/components/LinkTabs';
import { Page } from '@/components/Page';
import { StateBadge } from '@/components/StatusBadge';
import { WriteButton } from '@/components/WriteButton';
import { clientLook } from '@/lib/clientStatus';
import { plural, shortClientName } from '@/lib/format';
import { clientColumns } from './columns';
import { CLIENT_SIZE, CLIENT_SORT, type ClientSearch, toClientQuery } from './search';
import { CLIENT_LIST, searchOf } from './views';

const ClientFilters = lazy(() => import('./ClientFilters'));
const EditListedClient = lazy(() => import('./EditClientDialog'));
const ViewControls = lazy(() => import('@/components/ViewControls'));
const ExportMenu = lazy(() => import('@/components/ExportMenu'));
const route = getRouteApi('/_app/clients/');

const VIEWS = [
  { key: 'all', title: 'All', status: undefined },
  { key: 'active', title: 'Active', status: ['active'] },
  { key: 'onboarding', title: 'Onboarding', status: ['onboarding'] },
  { key: 'inactive', title: 'Inactive', status: ['suspended', 'offboarded'] },
] as const;

export function ClientsPage() {
  const me = useMe();
  const can = useCan();
  const mayEdit = useCanChange()('clients.edit');
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = toClientQuery(search);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(clientsQuery(query));
  const saved = useQuery(viewsQuery('clients'));
  const views = (saved.data?.items ?? []) as SavedView[];
  const named = views.find((one) => one.id === search.saved);
  const view = VIEWS.find((one) => (one.status ?? []).join() === (search.status ?? []).join())?.key ?? 'custom';
  const filtered = Boolean(
    search.q || search.regulator || search.entityType || search.ownerId || search.tag || search.status,
  );

  const change = (part: Partial<ClientSearch>) =>
    void navigate({ to: '/clients', search: { ...search, page: undefined, ...part }, replace: true });
  const open = (client: ClientSummary) =>
    void navigate({ to: '/clients/$clientId/{-$tab}', params: { clientId: String(client.id) } });

  const [current, setCurrent] = useState<ClientSummary | null>(null);
  const [editing, setEditing] = useState<{ id: number; focus?: 'tags' } | null>(null);
  const closeEdit = useCallback(() => setEditing(null), []);
  useHotkeys(
    mayEdit
      ? {
          e: () => current && setEditing({ id: current.id }),
          l: () => current && setEditing({ id: current.id, focus: 'tags' }),
          c: () => void navigate({ to: '/clients/new' }),
        }
      : {},
    keysOn(me) && editing === null,
  );

  return (
    <Page
      title="Clients"
      flush
      actions={
        <>
          {can('clients.export') && (
            <Suspense fallback={null}>
              <ExportMenu path="/api/clients/export" query={query} />
            </Suspense>
          )}
          {can('clients.import') && (
            <WriteButton variant="default" component={Link} to="/imports/new" leftSection={<IconUpload size={14} />}>
              Import
            </WriteButton>
          )}
          {can('clients.edit') && (
            <WriteButton component={Link} to="/clients/new" leftSection={<IconPlus size={14} />}>
              New client
            </WriteButton>
          )}
        </>
      }
    >
      <LinkTabs
        label="Views"
        current={named ? `saved-${named.id}` : view}
        items={[
          ...VIEWS.map(({ key, title, status }) => ({
            key,
            title,
            count: data?.counts[key],
            to: '/clients',
            search: named ? { status } : { ...search, status, page: undefined },
          })),
          ...views.map((one) => ({
            key: `saved-${one.id}`,
            title: one.name,
            to: '/clients',
            search: searchOf(one),
          })),
          ...(can('clients.import') ? [{ key: 'imports', title: 'Imports', to: '/imports' }] : []),
        ]}
        right={
          <Suspense fallback={null}>
            <ViewControls of={CLIENT_LIST} search={search} view={named} />
          </Suspense>
        }
      />
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <ClientFilters search={search} onChange={change} filtered={filtered} />
      </Suspense>
      {error && !data ? (
        <div style={{ padding: 'var(--z-page-x)' }}>
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        </div>
      ) : (
        <DataTable
          caption="Clients"
          columns={clientColumns}
          rows={data?.items}
          rowKey={(row) => String(row.id)}
          onOpen={open}
          onCurrent={setCurrent}
          keys={keysOn(me)}
          sort={search.sort ?? CLIENT_SORT}
          onSort={(sort) => change({ sort: sort.join() === CLIENT_SORT.join() ? undefined : sort })}
          hidden={search.hide}
          order={search.cols}
          rowHeight={search.rows}
          page={search.page ?? 1}
          perPage={search.size ?? CLIENT_SIZE}
          total={data?.total ?? 0}
          onPage={(page) => change({ page: page === 1 ? undefined : page })}
          onPerPage={(size) => change({ size: size === CLIENT_SIZE ? undefined : size })}
          busy={isFetching && isPlaceholderData}
          renderCard={(client) => (
            <Link to="/clients/$clientId/{-$tab}" params={{ clientId: String(client.id) }} className={cardClass}>
              <span className="z-between">
                <span className="z-strong z-clip">{shortClientName(client.clientName, client.shortName)}</span>
                <StateBadge look={clientLook(client.status)} />
              </span>
              <span className="z-between z-2">
                <span className="z-clip">{client.regulators.join(', ')}</span>
                <span className="num z-nowrap">
                  {client.pastDue > 0 && <span className="z-late">{client.pastDue} past due, </span>}
                  {plural(client.openFilings, 'open filing')}
                </span>
              </span>
            </Link>
          )}
          empty={
            filtered ? (
              <EmptyNote icon={IconFilterOff} text="No clients match these filters.">
                <Button variant="default" onClick={() => void navigate({ to: '/clients', search: {} })}>
                  Clear filters
                </Button>
              </EmptyNote>
            ) : (
              <EmptyNote
                icon={IconBuilding}
                text="No clients yet. Import a sheet, or add one, and ZippCRM plans their filings."
              >
                {can('clients.import') && (
                  <WriteButton component={Link} to="/imports/new">
                    Import clients
                  </WriteButton>
                )}
              </EmptyNote>
            )
          }
        />
      )}
      {editing && (
        <Suspense fallback={null}>
          <EditListedClient {...editing} onClose={closeEdit} />
        </Suspense>
      )}
    </Page>
  );
}
