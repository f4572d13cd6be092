// What you were told, newest first: unread or all, each with its filing, marked read one by one or all at once.
import { Button, SegmentedControl } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { noticesQuery } from '@/api/queries';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { formatCount, formatDate } from '@/lib/format';
import { byDay } from './days';
import { Ladder } from './Ladder';
import { noticeLook } from './look';
import classes from './Notices.module.css';
import { useReadNotices } from './useReadNotices';

const route = getRouteApi('/_app/notices');

export function NoticesPage() {
  const can = useCan();
  const navigate = useNavigate();
  const search = route.useSearch();
  const page = search.page ?? 1;
  const unread = search.show !== 'all';
  const { data, error, refetch } = useQuery(noticesQuery(unread, page));
  const read = useReadNotices();
  return (
    <Page
      title="Notices"
      sub={data ? `${formatCount(data.unread)} unread.` : undefined}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Show"
            value={unread ? 'unread' : 'all'}
            data={[
              { value: 'unread', label: 'Unread' },
              { value: 'all', label: 'All' },
            ]}
            onChange={(show) => void navigate({ to: '/notices', search: show === 'all' ? { show: 'all' } : {} })}
          />
          {!!data?.unread && (
            <Button variant="default" loading={read.isPending} onClick={() => read.mutate({ all: true })}>
              Mark all read
            </Button>
          )}
        </>
      }
    >
      {error && !data ? (
        <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
      ) : (
        <section className="z-card" aria-label="Notices">
          {!data ? (
            <RowsSkeleton rows={6} />
          ) : data.items.length === 0 ? (
            <EmptyNote icon={IconBell} text={unread ? 'Nothing unread.' : 'Nothing yet. Alerts come after midnight.'} />
          ) : (
            byDay(data.items).map(([day, items]) => (
              <div key={day}>
                <h2 className={`${classes.day} z-small`}>{formatDate(day)}</h2>
                <ul>
                  {items.map((one) => (
                    <li key={one.id} className={classes.item} data-unread={!one.readAt || undefined}>
                      <StateBadge look={noticeLook(one.severity, one.rung)} />
                      <span className={classes.text}>
                        {one.filing ? (
                          <Link
                            to="/filings/$filingId"
                            params={{ filingId: String(one.filing.id) }}
                            onClick={() => !one.readAt && read.mutate({ ids: [one.id] })}
                          >
                            {one.text}
                          </Link>
                        ) : (
                          one.text
                        )}
                        {one.filing && <span className="z-2"> {one.filing.clientName}</span>}
                        {!one.readAt && <span className="z-hide"> Unread.</span>}
                      </span>
                      {one.readAt ? (
                        <span className="z-2 z-small">Read</span>
                      ) : (
                        <Button size="compact-xs" variant="subtle" onClick={() => read.mutate({ ids: [one.id] })}>
                          Mark read<span className="z-hide">: {one.text}</span>
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              </div>
            ))
          )}
          {data && data.total > data.perPage && (
            <div className="z-card-body z-between">
              <Pager
                page={page}
                perPage={data.perPage}
                total={data.total}
                onPage={(next) =>
                  void navigate({ to: '/notices', search: { ...search, page: next > 1 ? next : undefined } })
                }
              />
            </div>
          )}
        </section>
      )}
      {can('filings.view') && <Ladder />}
    </Page>
  );
}
