// The filter row of the clients list.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { referenceQuery, usersQuery } from '@/api/queries';
import { keysOn, useMe } from '@/app/me';
import { ColumnsMenu } from '@/components/ColumnsMenu';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import { CLIENT_STATUSES, clientLook } from '@/lib/clientStatus';
import { HIDEABLE } from './columns';
import type { ClientSearch } from './search';

type Props = { search: ClientSearch; onChange: (part: Partial<ClientSearch>) => void; filtered: boolean };

export default function ClientFilters({ search, onChange, filtered }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const [wantReference, setWantReference] = useState(Boolean(search.regulator || search.entityType));
  const [wantUsers, setWantUsers] = useState(Boolean(search.ownerId));
  const reference = useQuery({ ...referenceQuery(), enabled: wantReference });
  const users = useQuery({ ...usersQuery(), enabled: wantUsers });
  const some = (values: string[]) => (values.length ? values : undefined);
  return (
    <FilterRow
      right={
        <ColumnsMenu
          columns={HIDEABLE}
          hidden={search.hide ?? []}
          order={search.cols}
          rowHeight={search.rows}
          onChange={(part) => onChange({ ...part, page: search.page })}
        />
      }
    >
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by name, PAN, GSTIN, CIN"
        keys={keysOn(me)}
        onChange={(q) => onChange({ q: q.trim() || undefined })}
      />
      <ChoiceFilter
        name="Regulator"
        options={(reference.data?.regulators ?? []).map(({ key }) => ({ value: key, label: key }))}
        values={search.regulator ?? []}
        onOpen={() => setWantReference(true)}
        onChange={(values) => onChange({ regulator: some(values) })}
      />
      <ChoiceFilter
        name="Type"
        options={(reference.data?.entityTypes ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        values={search.entityType ?? []}
        onOpen={() => setWantReference(true)}
        onChange={(values) => onChange({ entityType: some(values) })}
      />
      <ChoiceFilter
        name="Status"
        options={CLIENT_STATUSES.map((value) => ({ value, label: clientLook(value).label }))}
        values={search.status ?? []}
        onChange={(values) => onChange({ status: some(values) })}
      />
      <ChoiceFilter
        name="Owner"
        options={(users.data?.items ?? []).map((user) => ({ value: String(user.id), label: user.displayName }))}
        values={search.ownerId ?? []}
        onOpen={() => setWantUsers(true)}
        onChange={(values) => onChange({ ownerId: some(values) })}
      />
      {search.tag && (
        <ChoiceFilter
          name="Tag"
          options={search.tag.map((value) => ({ value, label: value }))}
          values={search.tag}
          onChange={(values) => onChange({ tag: some(values) })}
        />
      )}
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() =>
            void navigate({
              to: '/clients',
              search: { sort: search.sort, hide: search.hide, cols: search.cols, rows: search.rows },
            })
          }
        >
          Clear
        </Button>
      )}
    </FilterRow>
  );
}
