// What the firm sets for all rules, and the obligations that it gives itself.

import { IconPlus, IconUserCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { firmRulesQuery, internalReturnsQuery } from '@/api/queries';
import type { InternalReturn } from '@/api/types';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { PendingList } from '@/components/PendingNotice';
import { RegulatorTag } from '@/components/RegulatorTag';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { formatCount, formatDate } from '@/lib/format';
import { FirmBreachCard } from './FirmBreachCard';
import { LibraryTabs } from './LibraryTabs';
import classes from './Rule.module.css';
import { FREQUENCIES } from './words';

export function FirmRulesPage() {
  const can = useCan();
  const firm = useQuery(firmRulesQuery());
  const { data, error, refetch } = useQuery(internalReturnsQuery());
  const write = can('rulebook.settings') && (
    <WriteButton component={Link} to="/rules/internal/new" leftSection={<IconPlus size={14} />}>
      New internal return
    </WriteButton>
  );
  return (
    <Page title="Your firm" crumbs={[{ label: 'Rule library', to: '/rules' }]} actions={write}>
      <LibraryTabs current="firm" />
      <div className="z-stack-lg" style={{ paddingTop: 16 }}>
        {firm.data && <PendingList items={firm.data.waiting} />}
        {firm.data && <FirmBreachCard key={firm.data.version} firm={firm.data} />}
        {error && !data ? (
          <ErrorCard error={error} what="Your internal returns" onRetry={() => void refetch()} />
        ) : (
          <section className="z-card" aria-labelledby="internal">
            <header>
              <h2 id="internal">Internal returns</h2>
            </header>
            {!data ? (
              <RowsSkeleton rows={3} />
            ) : data.items.length === 0 ? (
              <EmptyNote
                icon={IconUserCheck}
                text="What your firm asks of itself: a monthly board pack, a partner's review. It is planned like a filing and marked as internal, not law."
              >
                {write}
              </EmptyNote>
            ) : (
              <InternalTable items={data.items} />
            )}
          </section>
        )}
        <p className={`z-2 ${classes.plain}`}>
          Rules that your firm changed are in the library under{' '}
          <Link to="/rules" search={{ own: 'yes' }} className={classes.link}>
            Changed by your firm
          </Link>
          .
        </p>
      </div>
    </Page>
  );
}

function InternalTable({ items }: { items: InternalReturn[] }) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="z-hide">Internal returns</caption>
        <thead>
          <tr>
            <th scope="col">Return</th>
            <th scope="col">Due</th>
            <th scope="col">How often</th>
            <th scope="col" data-align="right">
              Open filings
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((own) => (
            <tr key={own.code}>
              <th scope="row">
                <Link to="/rules/internal/$code" params={{ code: own.code }} className="z-ink">
                  <span className="z-strong">{own.code}</span> {own.current.title}
                </Link>
                <div className="z-row-wrap">
                  <RegulatorTag tag="INTERNAL" />
                  {own.retiredFrom && <span className="z-2 z-small">Retired from {formatDate(own.retiredFrom)}</span>}
                </div>
              </th>
              <td>{own.current.dueWords}</td>
              <td className="z-2">{FREQUENCIES[own.current.frequency] ?? own.current.frequency}</td>
              <td className="num" data-align="right">
                {formatCount(own.openFilings)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
