// The filter row of the register.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { referenceQuery, usersQuery } from '@/api/queries';
import { keysOn, useMe } from '@/app/me';
import { DueFilter } from '@/components/DueFilter';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import { type EventSearch, isNarrowed } from './search';

type Props = {
  search: EventSearch;
  today: string;
  /** Names of the clients in the rows. */
  names: ReadonlyMap<number, string>;
  onChange: (part: Partial<EventSearch>) => void;
};

export default function EventFilters({ search, today, names, onChange }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const [wantKinds, setWantKinds] = useState(Boolean(search.kind));
  const [wantUsers, setWantUsers] = useState(Boolean(search.assigneeId));
  const reference = useQuery({ ...referenceQuery(), enabled: wantKinds });
  const users = useQuery({ ...usersQuery(), enabled: wantUsers });
  const some = (values: string[]) => (values.length ? values : undefined);
  const recorded = search.state === 'recorded';
  const people = [
    { value: 'me', label: 'Me' },
    ...(recorded ? [] : [{ value: 'none', label: 'Nobody' }]),
    ...(users.data?.items ?? [])
      .filter((user) => user.id !== me.user.id)
      .map((user) => ({ value: String(user.id), label: user.displayName })),
  ];
  return (
    <FilterRow>
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by client"
        keys={keysOn(me)}
        onChange={(q) => onChange({ q: q.trim() || undefined })}
      />
      <ChoiceFilter
        name="Event"
        options={(reference.data?.eventKinds ?? []).map(({ kind, title }) => ({ value: kind, label: title }))}
        values={search.kind ?? []}
        onOpen={() => setWantKinds(true)}
        onChange={(values) => onChange({ kind: some(values) })}
      />
      <ChoiceFilter
        name={recorded ? 'Recorded by' : 'Assignee'}
        options={people}
        values={search.assigneeId ?? []}
        onOpen={() => setWantUsers(true)}
        onChange={(values) => onChange({ assigneeId: some(values) })}
      />
      <DueFilter
        name={recorded ? 'Held' : 'First due'}
        value={search.due}
        today={today}
        onChange={(due) => onChange({ due })}
      />
      {search.clientId && (
        <ChoiceFilter
          name="Client"
          options={search.clientId.map((id) => ({ value: id, label: names.get(Number(id)) ?? `Client ${id}` }))}
          values={search.clientId}
          onChange={(values) => onChange({ clientId: some(values) })}
        />
      )}
      {isNarrowed(search) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => void navigate({ to: '/events', search: { state: search.state } })}
        >
          Clear
        </Button>
      )}
    </FilterRow>
  );
}
