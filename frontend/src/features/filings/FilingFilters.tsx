// The filter row of the filings list.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { referenceQuery, usersQuery } from '@/api/queries';
import type { FilingStatus } from '@/api/types';
import { keysOn, useMe } from '@/app/me';
import { ColumnsMenu } from '@/components/ColumnsMenu';
import { DueFilter } from '@/components/DueFilter';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import { fyChoices } from '@/lib/format';
import { filingStatuses } from '@/lib/status';
import { HIDEABLE } from './columns';
import { type FilingSearch, hiddenColumns } from './search';

type Props = {
  search: FilingSearch;
  today: string;
  onChange: (part: Partial<FilingSearch>) => void;
  filtered: boolean;
};

const STATUSES = (Object.keys(filingStatuses) as FilingStatus[]).map((value) => ({
  value,
  label: filingStatuses[value].label,
}));

export default function FilingFilters({ search, today, onChange, filtered }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const [wantUsers, setWantUsers] = useState(Boolean(search.assigneeId));
  const [wantRegulators, setWantRegulators] = useState(Boolean(search.regulator));
  const users = useQuery({ ...usersQuery(), enabled: wantUsers });
  const reference = useQuery({ ...referenceQuery(), enabled: wantRegulators });
  const people = [
    { value: 'me', label: 'Me' },
    { value: 'none', label: 'Nobody' },
    ...(users.data?.items ?? []).map((user) => ({ value: String(user.id), label: user.displayName })),
  ];
  const some = (values: string[]) => (values.length ? values : undefined);
  return (
    <FilterRow
      right={
        <ColumnsMenu
          columns={HIDEABLE}
          hidden={hiddenColumns(search)}
          onChange={(hide) => onChange({ hide, page: search.page })}
        />
      }
    >
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by client or code"
        keys={keysOn(me)}
        onChange={(q) => onChange({ q: q.trim() || undefined })}
      />
      <ChoiceFilter
        name="Regulator"
        options={(reference.data?.regulators ?? []).map(({ key }) => ({ value: key, label: key }))}
        values={search.regulator ?? []}
        onOpen={() => setWantRegulators(true)}
        onChange={(values) => onChange({ regulator: some(values) })}
      />
      <ChoiceFilter
        name="Status"
        options={STATUSES}
        values={search.status ?? []}
        onChange={(values) => onChange({ status: some(values), view: values.length ? 'all' : search.view })}
      />
      <DueFilter value={search.due} today={today} onChange={(due) => onChange({ due })} />
      <ChoiceFilter
        name="Assignee"
        options={people}
        values={search.assigneeId ?? []}
        onOpen={() => setWantUsers(true)}
        onChange={(values) => onChange({ assigneeId: some(values) })}
      />
      <ChoiceFilter
        name="FY"
        options={fyChoices(me.currentFy).map((fy) => ({ value: fy, label: `FY ${fy}` }))}
        values={search.fy ? [search.fy] : []}
        onChange={(values) => onChange({ fy: values[values.length - 1] })}
      />
      {search.clientId && (
        <ChoiceFilter
          name="Client"
          options={search.clientId.map((id) => ({ value: id, label: `No. ${id}` }))}
          values={search.clientId}
          onChange={(values) => onChange({ clientId: some(values) })}
        />
      )}
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() =>
            void navigate({ to: '/filings', search: { view: search.view, sort: search.sort, hide: search.hide } })
          }
        >
          Clear
        </Button>
      )}
    </FilterRow>
  );
}
