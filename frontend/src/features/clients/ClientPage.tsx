// Client 360: header with identifiers, then Overview, Year, Facts, Events, Contacts, Timeline.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { clientQuery } from '@/api/queries';
import type { Client } from '@/api/types';
import { useCan, useMe } from '@/app/me';
import { PageError } from '@/components/ErrorCard';
import { Identifier } from '@/components/Identifier';
import { LinkTabs } from '@/components/LinkTabs';
import { NotFound } from '@/components/NotFound';
import { Page } from '@/components/Page';
import { PendingNotice } from '@/components/PendingNotice';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { WriteButton } from '@/components/WriteButton';
import { clientLook, entityTitle, riskLook } from '@/lib/clientStatus';
import { dateOf, firmInitials, formatDate } from '@/lib/format';
import classes from './ClientPage.module.css';
import { ContactsCard } from './ContactsCard';
import { EditClientDialog } from './dialogs';
import { EventsCard } from './EventsCard';
import { FactsCard } from './FactsCard';
import { Overview } from './Overview';
import { TimelineTab } from './TimelineTab';
import { YearTab } from './YearTab';

const route = getRouteApi('/_app/clients/$clientId/{-$tab}');

const TABS = [
  { key: 'overview', title: 'Overview' },
  { key: 'year', title: 'Year' },
  { key: 'facts', title: 'Facts' },
  { key: 'events', title: 'Events' },
  { key: 'contacts', title: 'Contacts' },
  { key: 'timeline', title: 'Timeline' },
] as const;

export function ClientPage() {
  const { clientId } = route.useParams();
  const id = Number(clientId);
  const { data, error, refetch } = useQuery({ ...clientQuery(id), enabled: Number.isInteger(id) });
  if (!Number.isInteger(id)) return <NotFound />;
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  return <ClientView key={data.id} client={data} />;
}

function ClientView({ client }: { client: Client }) {
  const me = useMe();
  const can = useCan();
  const { tab = 'overview' } = route.useParams();
  const [editing, setEditing] = useState(false);
  if (!TABS.some((one) => one.key === tab)) return <NotFound />;
  const counts: Record<string, number | undefined> = {
    facts: client.needsFacts.length ? client.facts.length : undefined,
    events: client.events.length || undefined,
    contacts: client.contacts.length || undefined,
  };
  const ids = (['pan', 'gstin', 'cin', 'llpin', 'lei'] as const).filter((kind) => client[kind]);
  return (
    <Page
      title={client.clientName}
      crumbs={[{ label: 'Clients', to: '/clients' }]}
      lead={
        <span className={classes.logo} aria-hidden="true">
          {firmInitials(client.clientName)}
        </span>
      }
      badge={
        <>
          <StateBadge look={clientLook(client.status)} pill />
          {client.riskRating && <StateBadge look={riskLook(client.riskRating)} pill />}
        </>
      }
      sub={
        <>
          <span>
            {[
              entityTitle(client.entityType),
              client.incorporatedOn ? `incorporated ${formatDate(client.incorporatedOn)}` : null,
              `client since ${formatDate(dateOf(client.createdAt))}`,
              client.owner ? `looked after by ${client.owner.displayName}` : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {client.tags.map((tag) => (
            <span key={tag} className="z-tag">
              {tag}
            </span>
          ))}
        </>
      }
      actions={
        can('clients.edit') && (
          <WriteButton variant="default" onClick={() => setEditing(true)}>
            Edit
          </WriteButton>
        )
      }
    >
      <PendingNotice on={`client:${client.id}`} />
      {ids.length > 0 && (
        <div className={classes.ids}>
          {ids.map((kind) => (
            <Identifier key={kind} kind={kind} value={client[kind] ?? ''} />
          ))}
        </div>
      )}
      <div className={classes.tabs}>
        <LinkTabs
          label="Parts of this client"
          current={tab}
          items={TABS.map(({ key, title }) => ({
            key,
            title,
            count: counts[key],
            to: '/clients/$clientId/{-$tab}',
            params: { clientId: String(client.id), ...(key === 'overview' ? {} : { tab: key }) },
          }))}
        />
      </div>
      {tab === 'overview' && <Overview client={client} today={me.today} />}
      {tab === 'year' && <YearTab client={client} today={me.today} />}
      {tab === 'facts' && <FactsCard client={client} today={me.today} />}
      {tab === 'events' && <EventsCard client={client} today={me.today} />}
      {tab === 'contacts' && <ContactsCard client={client} />}
      {tab === 'timeline' && <TimelineTab clientId={client.id} />}
      {editing && (
        <Suspense fallback={null}>
          <EditClientDialog client={client} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Page>
  );
}
