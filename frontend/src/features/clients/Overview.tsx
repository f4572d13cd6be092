// The client at a glance: figures, what needs attention, filings by month, registrations, people.
import { Button } from '@mantine/core';
import { IconAlertCircle, IconHelpCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { filingsQuery } from '@/api/queries';
import type { Client, Filing } from '@/api/types';
import { useMe } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { Initials } from '@/components/Initials';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatCount, formatDate, relativeDue } from '@/lib/format';
import { isOpen, isPastDue } from '@/lib/status';
import { ClientClockCard } from './ClientClockCard';
import classes from './ClientPage.module.css';
import { factText } from './factText';
import { MonthMatrix } from './MonthMatrix';
import { RegistrationsCard } from './RegistrationsCard';

const route = getRouteApi('/_app/clients/$clientId/{-$tab}');

export function Overview({ client, today }: { client: Client; today: string }) {
  const me = useMe();
  const fy = route.useSearch().fy ?? me.currentFy;
  const navigate = useNavigate();
  const filings = useQuery(
    filingsQuery({ clientId: [client.id], view: 'all', fy, sort: 'dueOn', page: 1, perPage: 200 }),
  );
  const items = filings.data?.items ?? [];
  const next = items.find((one) => isOpen(one.status) && !isPastDue(one.status) && one.legalDueOn);
  const filed = items.filter((one) => one.status === 'filed' || one.status === 'filed_late');
  const onTime = filed.filter((one) => one.status === 'filed').length;
  const clientId = [String(client.id)];
  return (
    <div className="z-with-rail">
      <div className="z-stack-lg">
        <div className={classes.strip}>
          <Link to="/filings" search={{ clientId }} className={classes.metric}>
            <div className={classes.label}>Open filings</div>
            <div className={classes.figure}>{formatCount(client.openFilings)}</div>
            <div className={classes.note}>due within 90 days, late or waiting</div>
          </Link>
          <Link to="/filings" search={{ clientId, view: 'pastDue' }} className={classes.metric}>
            <div className={classes.label}>Past due</div>
            <div className={classes.figure}>{formatCount(client.pastDue)}</div>
            <div className={classes.note}>{client.pastDue ? 'to act on now' : 'Nothing past due'}</div>
          </Link>
          <div className={classes.metric}>
            <div className={classes.label}>Next due</div>
            <div className={classes.figure}>
              {next?.legalDueOn ? formatDate(next.legalDueOn, { year: false }) : '—'}
            </div>
            <div className={classes.note}>
              {next?.legalDueOn ? `${next.code}, ${relativeDue(next.legalDueOn, today)}` : `nothing more in FY ${fy}`}
            </div>
          </div>
          <div className={classes.metric}>
            <div className={classes.label}>Filed on time, FY {fy}</div>
            <div className={classes.figure}>{filed.length ? `${onTime} of ${filed.length}` : '—'}</div>
            <div className={classes.note}>{filed.length ? `${filed.length - onTime} late` : 'nothing filed yet'}</div>
          </div>
        </div>
        <Attention client={client} filings={items} today={today} />
        {filings.error && !filings.data ? (
          <ErrorCard error={filings.error} what="The filings" onRetry={() => void filings.refetch()} />
        ) : filings.data ? (
          <MonthMatrix
            filings={items}
            fy={fy}
            current={me.currentFy}
            today={today}
            onFy={(value) =>
              void navigate({
                to: '/clients/$clientId/{-$tab}',
                params: { clientId: String(client.id) },
                search: value === me.currentFy ? {} : { fy: value },
                replace: true,
              })
            }
          />
        ) : (
          <section className="z-card">
            <RowsSkeleton rows={6} />
          </section>
        )}
        <RegistrationsCard client={client} today={today} />
      </div>
      <div className="z-stack-lg">
        <KeyFacts client={client} />
        <ClientClockCard clientId={client.id} fy={fy} />
        <People client={client} />
      </div>
    </div>
  );
}

function Attention({ client, filings, today }: { client: Client; filings: Filing[]; today: string }) {
  const late = filings.filter((one) => isPastDue(one.status));
  const rows = [
    ...client.needsFacts.map((fact) => ({
      key: `fact-${fact.key}`,
      icon: <IconHelpCircle size={16} aria-hidden="true" style={{ color: 'var(--z-info-mark)' }} />,
      text: (
        <>
          <span className="z-strong">{fact.title}</span> is not known. It decides {fact.decides.join(', ')}.
        </>
      ),
      action: (
        <Button variant="default" component={Link} to={`/clients/${client.id}/facts`}>
          Answer
        </Button>
      ),
    })),
    ...late.map((one) => ({
      key: `filing-${one.id}`,
      icon: <IconAlertCircle size={16} aria-hidden="true" style={{ color: 'var(--z-danger-mark)' }} />,
      text: (
        <>
          <span className="z-strong">{one.code}</span> {one.periodLabel} is{' '}
          {one.legalDueOn ? relativeDue(one.legalDueOn, today) : 'past due'}.
        </>
      ),
      action: (
        <Button variant="default" component={Link} to={`/filings/${one.id}`}>
          Open filing
        </Button>
      ),
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <section className="z-card" aria-labelledby="attention">
      <header>
        <h2 id="attention">Needs attention</h2>
        <span className="z-2 num">{formatCount(rows.length)}</span>
      </header>
      <ul>
        {rows.slice(0, 5).map((row) => (
          <li key={row.key} className="z-card-row">
            {row.icon}
            <span className="z-grow">{row.text}</span>
            {row.action}
          </li>
        ))}
      </ul>
      {rows.length > 5 && <p className="z-card-body z-2">{formatCount(rows.length - 5)} more</p>}
    </section>
  );
}

function KeyFacts({ client }: { client: Client }) {
  return (
    <section className="z-card" aria-labelledby="key-facts">
      <header>
        <h2 id="key-facts">Facts</h2>
        <Link
          to="/clients/$clientId/{-$tab}"
          params={{ clientId: String(client.id), tab: 'facts' }}
          className="z-strong"
          style={{ marginLeft: 'auto' }}
        >
          Change
        </Link>
      </header>
      {client.facts.length === 0 ? (
        <p className="z-card-body z-2">No facts yet. They decide which returns apply.</p>
      ) : (
        <dl className="z-facts z-card-body">
          {client.facts.slice(0, 8).map((fact) => (
            <div key={fact.key} style={{ display: 'contents' }}>
              <dt>{fact.title}</dt>
              <dd>{factText(fact) ?? 'not known'}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function People({ client }: { client: Client }) {
  return (
    <section className="z-card" aria-labelledby="people">
      <header>
        <h2 id="people">People</h2>
        <span className="z-2 num">{formatCount(client.contacts.length)}</span>
        <Link
          to="/clients/$clientId/{-$tab}"
          params={{ clientId: String(client.id), tab: 'contacts' }}
          className="z-strong"
          style={{ marginLeft: 'auto' }}
        >
          {client.contacts.length ? 'All' : 'Add'}
        </Link>
      </header>
      <ul>
        {client.contacts.slice(0, 5).map((contact) => (
          <li key={contact.id} className="z-card-row">
            <Initials name={contact.name} />
            <span className="z-grow">
              <span className="z-strong" style={{ display: 'block' }}>
                {contact.name}
              </span>
              <span className="z-small z-2">{contact.designation}</span>
            </span>
          </li>
        ))}
        {client.contacts.length === 0 && <li className="z-card-row z-2">Nobody on record.</li>}
      </ul>
    </section>
  );
}
