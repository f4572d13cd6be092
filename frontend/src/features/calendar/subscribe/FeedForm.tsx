// What the link shows: whose filings, which clients and regulators, with names or without, a reminder.
import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import { feedsQuery, referenceQuery, usersQuery } from '@/api/queries';
import type { MadeFeed } from '@/api/types';
import { useCan, useMe } from '@/app/me';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { ClientChooser } from '@/features/relaxations/ClientChooser';
import type { CalendarSearch } from '../search';
import { nameOf, scopeOf } from './scope';

const ALARMS = [
  { value: '', label: 'None' },
  { value: '0', label: 'On the day, 09:00' },
  { value: '1', label: '1 day before, 09:00' },
  { value: '3', label: '3 days before, 09:00' },
  { value: '7', label: '7 days before, 09:00' },
];

type Props = { search: CalendarSearch; onMade: (made: MadeFeed) => void };

export function FeedForm({ search, onMade }: Props) {
  const [me, can] = [useMe(), useCan()];
  const queryClient = useQueryClient();
  const users = useQuery(usersQuery());
  const reference = useQuery(referenceQuery());
  const [scope, setScope] = useState(() => scopeOf(search));
  const [typed, setTyped] = useState<string | null>(null);
  const [names, setNames] = useState(false);
  const [alarm, setAlarm] = useState<string | null>('');
  const name = typed ?? nameOf(scope);
  const make = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/calendar/feeds', {
          body: {
            name: name.trim(),
            showsNames: names,
            alarmDays: alarm ? Number(alarm) : null,
            scope: {
              assigneeId: scope.people,
              clientId: scope.clients.map((one) => Number(one.value)),
              regulator: scope.regulators,
              code: scope.codes,
            },
          },
        }),
      ),
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: feedsQuery().queryKey });
      onMade(made);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const fields = make.error ? toApiError(make.error).fields : {};
  const people = [
    { value: 'me', label: 'Mine' },
    { value: 'none', label: 'Nobody’s' },
    ...(users.data?.items ?? [])
      .filter((user) => user.active !== false && user.id !== me.user.id)
      .map((user) => ({ value: String(user.id), label: user.displayName })),
  ];
  const regulators = new Set([...scope.regulators, ...(reference.data?.regulators ?? []).map(({ key }) => key)]);
  const dropped = [search.q && 'the search text', search.status && 'the status'].filter(Boolean).join(' and ');
  return (
    <form className="z-stack-lg" onSubmit={submit} noValidate>
      <FormSummary
        error={make.error}
        labels={{ name: 'Name', 'scope.assigneeId': 'Assignee', 'scope.clientId': 'Clients' }}
        ids={{ name: 'feed-name', 'scope.assigneeId': 'feed-people', 'scope.clientId': 'feed-clients' }}
      />
      <p className="z-2" style={{ margin: 0 }}>
        A calendar program fetches due dates under a private link and keeps them up to date. Whoever has the link can
        read them.
      </p>
      <div className="z-pair">
        <MultiSelect
          id="feed-people"
          label="Assignee"
          placeholder={scope.people.length ? undefined : 'Everybody'}
          data={people}
          value={scope.people}
          onChange={(chosen) => setScope({ ...scope, people: chosen })}
          error={fields['scope.assigneeId']}
          searchable
        />
        <MultiSelect
          id="feed-regulators"
          label="Regulator"
          placeholder={scope.regulators.length ? undefined : 'All'}
          data={[...regulators]}
          value={scope.regulators}
          onChange={(chosen) => setScope({ ...scope, regulators: chosen })}
          error={fields['scope.regulator']}
          searchable
        />
      </div>
      <ClientChooser
        id="feed-clients"
        value={scope.clients}
        onChange={(clients) => setScope({ ...scope, clients })}
        error={fields['scope.clientId']?.toString()}
      />
      {scope.codes.length > 0 && (
        <MultiSelect
          label="Return"
          data={scope.codes}
          value={scope.codes}
          onChange={(codes) => setScope({ ...scope, codes })}
        />
      )}
      {dropped && (
        <p className="z-2 z-small" style={{ margin: 0 }}>
          A link keeps no filter that makes dates come and go: {dropped} of this view is left out.
        </p>
      )}
      <div className="z-pair">
        <TextInput
          id="feed-name"
          label="Name in the calendar"
          value={name}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={fields.name}
          maxLength={60}
          data-autofocus
        />
        <Select label="Reminder" data={ALARMS} value={alarm} onChange={setAlarm} allowDeselect={false} />
      </div>
      <Checkbox
        label="Show client names"
        description={
          can('clients.export')
            ? 'Without, an event says “client 1042”. Names leave the firm with the link.'
            : 'Needs the right to export clients.'
        }
        checked={names}
        disabled={!can('clients.export')}
        onChange={(event) => setNames(event.currentTarget.checked)}
      />
      <div className="z-row" style={{ justifyContent: 'flex-end' }}>
        <WriteButton type="submit" size="sm" loading={make.isPending}>
          Make the link
        </WriteButton>
      </div>
    </form>
  );
}
