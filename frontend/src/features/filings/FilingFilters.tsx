// The filter row of the filings list.
import { Button, Menu } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { clientQuery, referenceQuery, usersQuery } from '@/api/queries';
import type { Filing, FilingStatus } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import { ColumnsMenu } from '@/components/ColumnsMenu';
import { DueFilter } from '@/components/DueFilter';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import { INTERNAL, regulatorWords } from '@/components/RegulatorTag';
import { fyChoices } from '@/lib/format';
import { filingStatuses } from '@/lib/status';
import { HIDEABLE } from './columns';
import { HOLDERS } from './holders';
import { type FilingSearch, hiddenColumns } from './search';

type Props = {
  search: FilingSearch;
  today: string;
  onChange: (part: Partial<FilingSearch>) => void;
  filtered: boolean;
  rows: readonly Filing[] | undefined;
};

const STATUSES = (Object.keys(filingStatuses) as FilingStatus[]).map((value) => ({
  value,
  label: filingStatuses[value].label,
}));

const HELD_BY = Object.entries(HOLDERS).map(([value, { held }]) => ({ value, label: held }));

export default function FilingFilters({ search, today, onChange, filtered, rows }: Props) {
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
  const [adding, setAdding] = useState<string | null>(null);
  const [menu, setMenu] = useState(false);
  useHotkeys({ f: () => setMenu(true) }, keysOn(me));
  const { view, saved, sort, hide, cols, rows: height, size } = search;
  const some = (values: string[]) => (values.length ? values : undefined);
  const regulators = [...(reference.data?.regulators ?? []).map(({ key }) => key), INTERNAL].map((value) => ({
    value,
    label: regulatorWords(value),
  }));
  // A client chip says the name: of a row when one is there, else asked for.
  const [first] = search.clientId ?? [];
  const inRows = rows?.find((row) => String(row.clientId) === first)?.clientName;
  const client = useQuery({ ...clientQuery(Number(first)), enabled: Boolean(first) && rows !== undefined && !inRows });
  const nameOfClient = (id: string) =>
    rows?.find((row) => String(row.clientId) === id)?.clientName ??
    (client.data && String(client.data.id) === id ? (client.data.shortName ?? client.data.clientName) : 'A client');
  const fields = ['Regulator', 'Status', 'Due', 'Assignee', 'Held by', 'FY'] as const;
  type Field = (typeof fields)[number];
  const set: Record<Field, boolean> = {
    Regulator: Boolean(search.regulator),
    Status: Boolean(search.status),
    Due: Boolean(search.due),
    Assignee: Boolean(search.assigneeId),
    'Held by': Boolean(search.heldBy),
    FY: Boolean(search.fy),
  };
  const part = (name: Field) => ({ name, adding: adding === name, onClose: () => setAdding(null) });
  const on = (name: Field) => set[name] || adding === name;
  const add = (name: Field) => {
    if (name === 'Regulator') setWantRegulators(true);
    if (name === 'Assignee') setWantUsers(true);
    setAdding(name);
  };
  return (
    <FilterRow
      right={
        <ColumnsMenu
          columns={HIDEABLE}
          hidden={hiddenColumns(search)}
          order={search.cols}
          rowHeight={search.rows}
          onChange={(part) => onChange({ ...part, page: search.page })}
        />
      }
    >
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by client or code"
        keys={keysOn(me)}
        onChange={(q) => onChange({ q: q.trim() || undefined })}
      />
      {on('Regulator') && (
        <ChoiceFilter
          {...part('Regulator')}
          options={regulators}
          values={search.regulator ?? []}
          onOpen={() => setWantRegulators(true)}
          onChange={(values) => onChange({ regulator: some(values) })}
        />
      )}
      {on('Status') && (
        <ChoiceFilter
          {...part('Status')}
          options={STATUSES}
          values={search.status ?? []}
          onChange={(values) => onChange({ status: some(values), view: values.length ? 'all' : search.view })}
        />
      )}
      {on('Due') && (
        <DueFilter {...part('Due')} moving value={search.due} today={today} onChange={(due) => onChange({ due })} />
      )}
      {on('Assignee') && (
        <ChoiceFilter
          {...part('Assignee')}
          options={people}
          values={search.assigneeId ?? []}
          onOpen={() => setWantUsers(true)}
          onChange={(values) => onChange({ assigneeId: some(values) })}
        />
      )}
      {on('Held by') && (
        <ChoiceFilter
          {...part('Held by')}
          options={HELD_BY}
          values={search.heldBy ?? []}
          onChange={(values) => onChange({ heldBy: some(values) })}
        />
      )}
      {on('FY') && (
        <ChoiceFilter
          {...part('FY')}
          options={fyChoices(me.currentFy).map((fy) => ({ value: fy, label: `FY ${fy}` }))}
          values={search.fy ? [search.fy] : []}
          onChange={(values) => onChange({ fy: values[values.length - 1] })}
        />
      )}
      {search.clientId && (
        <ChoiceFilter
          name="Client"
          options={search.clientId.map((id) => ({ value: id, label: nameOfClient(id) }))}
          values={search.clientId}
          onChange={(values) => onChange({ clientId: some(values) })}
        />
      )}
      {search.code && (
        <ChoiceFilter
          name="Return"
          options={search.code.map((code) => ({ value: code, label: code }))}
          values={search.code}
          onChange={(values) => onChange({ code: some(values) })}
        />
      )}
      <Menu opened={menu} onChange={setMenu} position="bottom-start" returnFocus={false}>
        <Menu.Target>
          <Button variant="subtle" color="gray" leftSection={<IconFilter size={14} />} title="Add filter (f)">
            Add filter
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {fields
            .filter((field) => !set[field])
            .map((field) => (
              <Menu.Item key={field} onClick={() => add(field)}>
                {field}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() =>
            void navigate({ to: '/filings', search: { view, saved, sort, hide, cols, rows: height, size } })
          }
        >
          Clear
        </Button>
      )}
    </FilterRow>
  );
}
