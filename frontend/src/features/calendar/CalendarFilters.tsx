// The filter row that all views of the calendar share.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { referenceQuery, usersQuery } from '@/api/queries';
import type { FilingStatus } from '@/api/types';
import { keysOn, useMe } from '@/app/me';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import { filingStatuses } from '@/lib/status';
import type { ViewProps } from './CalendarPage';
import { isFiltered } from './search';

const STATUSES = (Object.keys(filingStatuses) as FilingStatus[]).map((value) => ({
  value,
  label: filingStatuses[value].label,
}));

export default function CalendarFilters({ search, change }: ViewProps) {
  const me = useMe();
  const navigate = useNavigate();
  const [wantUsers, setWantUsers] = useState(Boolean(search.assigneeId));
  const [wantRegulators, setWantRegulators] = useState(false);
  const users = useQuery({ ...usersQuery(), enabled: wantUsers });
  const reference = useQuery({ ...referenceQuery(), enabled: wantRegulators });
  const people = [
    { value: 'me', label: 'Me' },
    { value: 'none', label: 'Nobody' },
    ...(users.data?.items ?? []).map((user) => ({ value: String(user.id), label: user.displayName })),
  ];
  const some = (values: string[]) => (values.length ? values : undefined);
  const { view, month, fy } = search;
  return (
    <FilterRow>
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by client or code"
        keys={keysOn(me)}
        onChange={(q) => change({ q: q.trim() || undefined })}
      />
      <ChoiceFilter
        name="Regulator"
        options={(reference.data?.regulators ?? []).map(({ key }) => ({ value: key, label: key }))}
        values={search.regulator ?? []}
        onOpen={() => setWantRegulators(true)}
        onChange={(values) => change({ regulator: some(values) })}
      />
      <ChoiceFilter
        name="Status"
        options={STATUSES}
        values={search.status ?? []}
        onChange={(values) => change({ status: some(values) })}
      />
      <ChoiceFilter
        name="Assignee"
        options={people}
        values={search.assigneeId ?? []}
        onOpen={() => setWantUsers(true)}
        onChange={(values) => change({ assigneeId: some(values) })}
      />
      {search.code && (
        <ChoiceFilter
          name="Return"
          options={search.code.map((code) => ({ value: code, label: code }))}
          values={search.code}
          onChange={(values) => change({ code: some(values) })}
        />
      )}
      {search.clientId && (
        <ChoiceFilter
          name="Client"
          options={search.clientId.map((id) => ({ value: id, label: `No. ${id}` }))}
          values={search.clientId}
          onChange={(values) => change({ clientId: some(values) })}
        />
      )}
      {isFiltered(search) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => void navigate({ to: '/calendar', search: { view, month, fy } })}
        >
          Clear
        </Button>
      )}
    </FilterRow>
  );
}
