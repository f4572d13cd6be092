// Today: the sentence, the strip, the deadlines, the filings to act on.
import { SegmentedControl } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { todayQuery } from '@/api/queries';
import type { Today } from '@/api/types';
import { useCan, useMe } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { PageError } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { formatCount, formatDateLong, formatInstant, plural } from '@/lib/format';
import { ActOn } from './ActOn';
import { DeadlineStrip } from './DeadlineStrip';
import { Metrics } from './Metrics';
import classes from './TodayPage.module.css';

const route = getRouteApi('/_app/');

export function TodayPage() {
  const me = useMe();
  const can = useCan();
  const scope = route.useSearch().scope ?? 'firm';
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(todayQuery(scope));
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  return (
    <Page
      title="Today"
      heading={formatDateLong(data.asOf)}
      sub={data.sentence}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Whose filings"
          value={scope}
          data={[
            { value: 'firm', label: 'Firm' },
            { value: 'mine', label: 'Mine' },
          ]}
          onChange={(value) => void navigate({ to: '/', search: value === 'mine' ? { scope: 'mine' } : {} })}
        />
      }
    >
      <Metrics strip={data.strip} mine={scope === 'mine'} fy={me.currentFy} />
      <DeadlineStrip days={data.days} today={data.asOf} mine={scope === 'mine'} />
      <div className="z-with-rail">
        <ActOn groups={data.groups} today={data.asOf} />
        <div className="z-stack-lg">
          <ByClient rows={data.byClient} />
          {can('clients.view') && (
            <p className="z-2 z-small" style={{ margin: 0 }}>
              An AGM was held, a report signed?{' '}
              <Link to="/events" search={{}} style={{ textDecoration: 'underline' }}>
                Record the event
              </Link>{' '}
              and its filings get their dates.
            </p>
          )}
          <LastCheck check={data.lastCheck} />
        </div>
      </div>
    </Page>
  );
}

/** What the nightly check did last, so that its silence is seen. */
function LastCheck({ check }: { check: Today['lastCheck'] }) {
  return (
    <p className="z-2 z-small" style={{ margin: 0 }}>
      {check
        ? `Last nightly check ${formatInstant(check.finishedAt ?? check.startedAt)}: ${plural(check.alerts, 'alert')}, ${plural(check.breaches, 'breach', 'breaches')} recorded. `
        : 'The first nightly check runs after midnight. '}
      <Link to="/notices" search={{}} style={{ textDecoration: 'underline' }}>
        Notices
      </Link>
    </p>
  );
}

function ByClient({ rows }: { rows: Today['byClient'] }) {
  const most = Math.max(1, ...rows.map((row) => row.pastDue));
  return (
    <section className="z-card" aria-labelledby="by-client">
      <header>
        <h2 id="by-client">Past due by client</h2>
        <span className="z-2 num">{formatCount(rows.length)}</span>
      </header>
      {rows.length === 0 ? (
        <EmptyNote icon={IconCircleCheckFilled} text="Nothing past due." />
      ) : (
        <ul className="z-card-body z-stack">
          {rows.map((row) => (
            <li key={row.clientId}>
              <div className="z-between">
                <Link
                  className="z-ink z-clip"
                  to="/filings"
                  search={{ view: 'pastDue', clientId: [String(row.clientId)] }}
                >
                  {row.clientName}
                </Link>
                <span className="num z-strong">{formatCount(row.pastDue)}</span>
              </div>
              <div className={classes.meter} aria-hidden="true">
                <i style={{ width: `${(100 * row.pastDue) / most}%` }} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
