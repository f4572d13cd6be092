// Circulars that the firm carried out, newest first, with those it took back.

import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { relaxationsQuery } from '@/api/queries';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { WriteButton } from '@/components/WriteButton';
import { formatCount, formatDate, formatInstant } from '@/lib/format';
import classes from './Relaxations.module.css';
import { effectWords, relaxationLook } from './words';

const route = getRouteApi('/_app/relaxations/');

export function RelaxationsPage() {
  const can = useCan();
  const navigate = useNavigate();
  const page = route.useSearch().page ?? 1;
  const { data, error, refetch } = useQuery(relaxationsQuery(page));
  const extend = can('relaxations.preview') && (
    <WriteButton component={Link} to="/relaxations/new" leftSection={<IconCalendarPlus size={14} />}>
      Extend due dates
    </WriteButton>
  );
  return (
    <Page
      title="Relaxations"
      crumbs={[{ label: 'Filings', to: '/filings' }]}
      sub="Circulars that extend many due dates at once. The date of the rule stays beneath, and each can be undone as a whole."
      actions={extend}
    >
      {error && !data ? (
        <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
      ) : (
        <section className="z-card" aria-label="Relaxations">
          {!data ? (
            <RowsSkeleton rows={5} />
          ) : data.items.length === 0 ? (
            <EmptyNote
              icon={IconCalendarPlus}
              text="No relaxations yet. When a regulator extends a date, carry its circular out here: see what moves first, and take it back if it was wrong."
            >
              {extend}
            </EmptyNote>
          ) : (
            <div className={classes.scroll}>
              <table className={classes.table}>
                <caption className="z-hide">Relaxations</caption>
                <thead>
                  <tr>
                    <th scope="col">Circular</th>
                    <th scope="col">Status</th>
                    <th scope="col">Returns</th>
                    <th scope="col">Effect</th>
                    <th scope="col" data-align="right">
                      Moved
                    </th>
                    <th scope="col" data-align="right">
                      In force on
                    </th>
                    <th scope="col">By</th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <span className="z-tag">{one.regulator}</span>{' '}
                        <Link
                          to="/relaxations/$relaxationId"
                          params={{ relaxationId: String(one.id) }}
                          className="z-strong"
                        >
                          {one.circular.number}
                        </Link>{' '}
                        <span className="z-2 z-nowrap">{formatDate(one.circular.on)}</span>
                      </td>
                      <td>
                        <StateBadge look={relaxationLook(one.state)} />
                      </td>
                      <td>
                        {one.codes.slice(0, 3).join(', ')}
                        {one.codes.length > 3 ? ` and ${formatCount(one.codes.length - 3)} more` : ''}
                      </td>
                      <td className="z-nowrap">{effectWords(one)}</td>
                      <td data-align="right">{formatCount(one.counts.changed)}</td>
                      <td data-align="right">{formatCount(one.inForceOn)}</td>
                      <td className="z-2">
                        {one.appliedBy?.displayName ?? 'ZippCRM'}, {formatInstant(one.appliedAt)}
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
                  onPage={(next) => void navigate({ to: '/relaxations', search: next > 1 ? { page: next } : {} })}
                />
              </div>
            </div>
          )}
        </section>
      )}
    </Page>
  );
}
