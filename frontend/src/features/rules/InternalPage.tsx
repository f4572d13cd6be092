// One internal return: its wordings, and the ways to give it another or to retire it.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { internalReturnQuery, referenceQuery } from '@/api/queries';
import type { InternalReturn, InternalWording } from '@/api/types';
import { roleTitle, useCan } from '@/app/me';
import { PageError } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { PendingNotice } from '@/components/PendingNotice';
import { RegulatorTag } from '@/components/RegulatorTag';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { formatDate, formatInstant, plural } from '@/lib/format';
import { done } from '@/lib/notify';
import classes from './Rule.module.css';
import { FREQUENCIES } from './words';

const InternalForm = lazy(() => import('./InternalForm'));
const RetireForm = lazy(() => import('./RetireForm'));
const route = getRouteApi('/_app/rules/internal/$code');

export function InternalPage() {
  const { code } = route.useParams();
  const { data, error, refetch } = useQuery(internalReturnQuery(code));
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  return <InternalView own={data} />;
}

function InternalView({ own }: { own: InternalReturn }) {
  const can = useCan();
  const [doing, setDoing] = useState<'change' | 'retire' | null>(null);
  const stop = () => setDoing(null);
  const may = can('rulebook.settings') && !own.retiredFrom && doing === null;
  return (
    <Page
      title={own.code}
      heading={own.current.title}
      crumbs={[
        { label: 'Rule library', to: '/rules' },
        { label: 'Your firm', to: '/rules/firm' },
      ]}
      sub={
        <>
          <RegulatorTag tag="INTERNAL" />
          <span className="mono">{own.code}</span>
          <span aria-hidden="true">·</span>
          <Link to="/filings" search={{ view: 'all', code: [own.code] }} className={classes.link}>
            {plural(own.openFilings, 'open filing')} of {plural(own.clients, 'client')}
          </Link>
          {own.retiredFrom && (
            <>
              <span aria-hidden="true">·</span>
              <span>Retired from {formatDate(own.retiredFrom)}</span>
            </>
          )}
        </>
      }
      actions={
        may && (
          <>
            <WriteButton variant="default" onClick={() => setDoing('retire')}>
              Retire
            </WriteButton>
            <WriteButton onClick={() => setDoing('change')}>Another wording</WriteButton>
          </>
        )
      }
    >
      <PendingNotice on={`return:${own.code}`} />
      <div className="z-stack-lg">
        {doing && (
          <Suspense fallback={<PageSkeleton />}>
            {doing === 'change' ? (
              <InternalForm
                own={own}
                onCancel={stop}
                onWaits={stop}
                onSaved={() => {
                  done('Saved. Open filings follow in a moment.');
                  stop();
                }}
              />
            ) : (
              <RetireForm own={own} onClose={stop} />
            )}
          </Suspense>
        )}
        {doing !== 'change' && own.versions.map((version) => <WordingCard key={version.from} version={version} />)}
      </div>
    </Page>
  );
}

function WordingCard({ version }: { version: InternalWording }) {
  const reference = useQuery(referenceQuery());
  const forms = version.entityTypes.map(
    (key) => reference.data?.entityTypes.find((one) => one.key === key)?.title ?? key,
  );
  const whom = [
    version.clientIds.length > 0 ? plural(version.clientIds.length, 'chosen client') : null,
    forms.length > 0 ? forms.join(', ') : null,
    version.registrations.length > 0 ? `with ${version.registrations.join(' or ')}` : null,
  ].filter(Boolean);
  const rows: [string, React.ReactNode][] = [
    ['Name', version.title],
    ['Due', version.dueWords],
    ['How often', FREQUENCIES[version.frequency] ?? version.frequency],
    ['For', whom.length > 0 ? whom.join('; ') : 'Every client'],
    ['Done by', roleTitle(version.owner)],
    ['Checklist', version.checklist.join('; ')],
    ['Missed after', plural(version.breachAfterDays, 'day')],
    ['Reason', version.reason],
    ['Written', `${version.by}, ${formatInstant(version.at)}`],
  ];
  return (
    <section className="z-card" aria-label={`From ${formatDate(version.from)}`}>
      <header>
        <h2>From {formatDate(version.from)}</h2>
      </header>
      <dl className="z-facts z-card-body">
        {rows
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
