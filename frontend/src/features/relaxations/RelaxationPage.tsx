// One circular: what it gives, what it did, the filings under it now, and the way back.

import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { relaxationQuery } from '@/api/queries';
import type { Relaxation, RelaxationDetail } from '@/api/types';
import { useCan } from '@/app/me';
import { DateCell } from '@/components/Cells';
import { PageError } from '@/components/ErrorCard';
import { NotFound } from '@/components/NotFound';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { StateBadge, StatusBadge } from '@/components/StatusBadge';
import { WriteButton } from '@/components/WriteButton';
import { formatDate, formatInstant, formatRange, humanise, plural, shortClientName } from '@/lib/format';
import classes from './Relaxations.module.css';
import { Sums } from './Sums';
import { effectWords, relaxationLook, stayWords } from './words';

const UndoDialog = lazy(() => import('./UndoDialog'));
const route = getRouteApi('/_app/relaxations/$relaxationId');

export function RelaxationPage() {
  const { relaxationId } = route.useParams();
  const page = route.useSearch().page ?? 1;
  const id = Number(relaxationId);
  const { data, error, refetch } = useQuery({ ...relaxationQuery(id, page), enabled: Number.isInteger(id) });
  if (!Number.isInteger(id)) return <NotFound />;
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  return <RelaxationView one={data} />;
}

function RelaxationView({ one }: { one: RelaxationDetail }) {
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const standing = one.state === 'standing';
  return (
    <Page
      title={one.circular.number}
      crumbs={[
        { label: 'Filings', to: '/filings' },
        { label: 'Relaxations', to: '/relaxations' },
      ]}
      badge={<StateBadge look={relaxationLook(one.state)} pill />}
      sub={
        <>
          <span className="z-tag">{one.regulator}</span>
          <span>dated {formatDate(one.circular.on)}</span>
          <span aria-hidden="true">·</span>
          <span>{effectWords(one)}</span>
        </>
      }
      actions={
        standing &&
        can('relaxations.apply') && (
          <WriteButton variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => setAsking(true)}>
            Undo
          </WriteButton>
        )
      }
    >
      {one.undone && <UndoneNotice undone={one.undone} />}
      <section className="z-card" aria-labelledby="did">
        <header>
          <h2 id="did">What it did</h2>
          <span className="z-2 z-small">
            {one.appliedBy?.displayName ?? 'ZippCRM'}, {formatInstant(one.appliedAt)}
          </span>
        </header>
        <Sums counts={one.counts} />
        <div className="z-card-body z-stack">
          {stayWords(one.counts).length > 0 && (
            <span className="z-2">Not touched: {stayWords(one.counts).join(', ')}.</span>
          )}
          <Facts one={one} />
        </div>
      </section>
      {standing && <Under one={one} />}
      {asking && (
        <Suspense fallback={null}>
          <UndoDialog one={one} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function UndoneNotice({ undone }: { undone: NonNullable<Relaxation['undone']> }) {
  const { report } = undone;
  return (
    <div className="z-notice" data-tone="neutral">
      <IconArrowBackUp size={16} aria-hidden="true" />
      <div className="z-grow">
        <p className="z-strong">
          Undone by {undone.by?.displayName ?? 'ZippCRM'} on {formatInstant(undone.at)}:{' '}
          {plural(report.restored, 'filing')} {report.restored === 1 ? 'has its date' : 'have their dates'} back.
        </p>
        <p>{undone.reason}</p>
        {report.noted.length > 0 && (
          <>
            <p>
              Left as they are: {plural(report.closedSince, 'filing')} closed since,{' '}
              {plural(report.byHand, 'internal target')} set by hand.
            </p>
            <ul style={{ margin: '4px 0 0', paddingInlineStart: 16 }}>
              {report.noted.map((noted) => (
                <li key={noted.filingId}>
                  <Link to="/filings/$filingId" params={{ filingId: String(noted.filingId) }}>
                    {noted.name}
                  </Link>
                  : {noted.why}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Facts({ one }: { one: Relaxation }) {
  const clients = [
    one.listedClients !== null && one.listedClients !== undefined ? plural(one.listedClients, 'chosen client') : '',
    one.entityTypes.map((form) => humanise(form)).join(', '),
    one.registrations.join(', '),
  ].filter(Boolean);
  const rows: [string, ReactNode][] = [
    ['Returns', one.codes.join(', ')],
    [
      'Periods',
      one.periodKeys.length > 0
        ? one.periodKeys.join(', ')
        : `that end ${formatRange(one.periodFrom ?? '', one.periodTo ?? '')}`,
    ],
    ['Clients', clients.join('; ') || 'all that file these returns'],
  ];
  if (one.effect === 'no_late_cost') {
    rows.push(['Filed later', `days count from ${one.countsFromDue ? 'the due date' : formatDate(one.freeUntil)}`]);
  } else {
    rows.push(['Late before it', one.namesPast ? 'on time again: it names past dates' : 'stays late']);
  }
  rows.push(['Reason', one.reason]);
  if (one.note) rows.push(['Note', one.note]);
  if (one.circular.url) {
    rows.push([
      'Circular',
      <a key="link" href={one.circular.url} target="_blank" rel="noreferrer noopener">
        {one.circular.url}
      </a>,
    ]);
  }
  return (
    <dl className={classes.facts}>
      {rows.map(([term, words]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Under({ one }: { one: RelaxationDetail }) {
  const navigate = useNavigate();
  const { items, total, page, perPage } = one.filings;
  return (
    <section className="z-card" aria-labelledby="under">
      <header>
        <h2 id="under">Filings under it now</h2>
        <span className="z-2 z-small">{plural(total, 'filing')}</span>
      </header>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <caption className="z-hide">Filings under it now</caption>
          <thead>
            <tr>
              <th scope="col">Client</th>
              <th scope="col">Return</th>
              <th scope="col" data-wide="">
                Period
              </th>
              <th scope="col">By the rule</th>
              <th scope="col">{one.effect === 'no_late_cost' ? 'No additional fee until' : 'In force'}</th>
              <th scope="col" data-wide="">
                Status
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.filingId}>
                <td className="z-clip" title={row.clientName}>
                  {shortClientName(row.clientName)}
                </td>
                <td title={row.title}>
                  <Link
                    to="/filings/$filingId"
                    params={{ filingId: String(row.filingId) }}
                    className="z-strong z-nowrap"
                  >
                    {row.code}
                  </Link>
                </td>
                <td className="z-2 z-nowrap" data-wide="">
                  {row.periodLabel}
                </td>
                <td>
                  <DateCell date={row.ruleDueOn} />
                </td>
                <td className={classes.now}>
                  <DateCell date={one.effect === 'no_late_cost' ? row.freeUntil : row.dueOn} />
                </td>
                <td data-wide="">
                  <StatusBadge status={row.status} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="z-card-body z-between">
        <Pager
          page={page}
          perPage={perPage}
          total={total}
          onPage={(next) =>
            void navigate({
              to: '/relaxations/$relaxationId',
              params: { relaxationId: String(one.id) },
              search: next > 1 ? { page: next } : {},
            })
          }
        />
      </div>
    </section>
  );
}
