// Past imports, newest first, and the way to a new one.

import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { importsQuery } from '@/api/queries';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { WriteButton } from '@/components/WriteButton';
import { formatCount, formatInstant } from '@/lib/format';
import classes from './Imports.module.css';
import { importLook } from './look';

const route = getRouteApi('/_app/imports/');

export function ImportsPage() {
  const can = useCan();
  const navigate = useNavigate();
  const page = route.useSearch().page ?? 1;
  const { data, error, refetch } = useQuery(importsQuery(page));
  return (
    <Page
      title="Imports"
      crumbs={[{ label: 'Clients', to: '/clients' }]}
      sub="Sheets of clients: checked first, then written, and they can be undone as a whole."
      actions={
        can('clients.import') && (
          <WriteButton component={Link} to="/imports/new" leftSection={<IconUpload size={14} />}>
            Import a sheet
          </WriteButton>
        )
      }
    >
      {error && !data ? (
        <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
      ) : (
        <section className="z-card" aria-label="Past imports">
          {!data ? (
            <RowsSkeleton rows={5} />
          ) : data.items.length === 0 ? (
            <EmptyNote
              icon={IconUpload}
              text="No imports yet. Bring your clients in from a spreadsheet: every cell is checked before anything is written."
            >
              <WriteButton component={Link} to="/imports/new">
                Import a sheet
              </WriteButton>
            </EmptyNote>
          ) : (
            <div className={classes.scroll}>
              <table className={classes.table}>
                <caption className="z-hide">Past imports</caption>
                <thead>
                  <tr>
                    <th scope="col">File</th>
                    <th scope="col">Status</th>
                    <th scope="col" data-align="right">
                      Rows
                    </th>
                    <th scope="col" data-align="right">
                      Created
                    </th>
                    <th scope="col" data-align="right">
                      Updated
                    </th>
                    <th scope="col" data-align="right">
                      With errors
                    </th>
                    <th scope="col">By</th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <Link to="/imports/$importId" params={{ importId: String(one.id) }} className="z-strong">
                          {one.fileName}
                        </Link>
                      </td>
                      <td>
                        <StateBadge look={importLook(one.status)} />
                      </td>
                      <td data-align="right">{formatCount(one.counts.rows)}</td>
                      <td data-align="right">{formatCount(one.counts.created)}</td>
                      <td data-align="right">{formatCount(one.counts.updated)}</td>
                      <td data-align="right">{formatCount(one.counts.withErrors)}</td>
                      <td className="z-2">
                        {one.createdBy?.displayName ?? 'ZippCRM'}, {formatInstant(one.createdAt)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <div className="z-card-body z-between">
                <Pager
                  page={page}
                  perPage={data.perPage}
                  total={data.total}
                  onPage={(next) => void navigate({ to: '/imports', search: next > 1 ? { page: next } : {} })}
                />
              </div>
            </div>
          )}
        </section>
      )}
    </Page>
  );
}
