// The filter row of the audit trail, and its exports.
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { journalActionsQuery, usersQuery } from '@/api/queries';
import { keysOn, useCan, useMe } from '@/app/me';
import { DueFilter } from '@/components/DueFilter';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import { exportHref } from '@/lib/exportHref';
import { type AuditSearch, toJournalQuery } from './search';
import { actionWords, SUBJECTS } from './words';

type Props = { search: AuditSearch; onChange: (part: Partial<AuditSearch>) => void; onClear: () => void };

export default function AuditFilters({ search, onChange, onClear }: Props) {
  const me = useMe();
  const can = useCan();
  // asked for when the filter opens, or when the URL names somebody
  const [people, setPeople] = useState(Boolean(search.actorId));
  const [verbs, setVerbs] = useState(false);
  const users = useQuery({ ...usersQuery(), enabled: people });
  const actions = useQuery({ ...journalActionsQuery(), enabled: verbs });
  const some = (values: string[]) => (values.length ? values : undefined);
  const [kind] = (search.subject ?? '').split(':');
  const known = search.action ?? [];
  const offered = [...new Set([...known, ...(actions.data?.items ?? [])])];
  const filtered = Object.entries(search).some(([name, value]) => name !== 'open' && value !== undefined);
  return (
    <FilterRow right={can('journal.export') ? <ExportMenu search={search} /> : undefined}>
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by words"
        keys={keysOn(me)}
        onChange={(q) => onChange({ q: q.trim() || undefined })}
      />
      <ChoiceFilter
        name="Person"
        options={[
          ...(users.data?.items ?? []).map((user) => ({ value: String(user.id), label: user.displayName })),
          { value: 'system', label: 'ZippCRM itself' },
        ]}
        values={search.actorId ?? []}
        onOpen={() => setPeople(true)}
        onChange={(values) => onChange({ actorId: some(values) })}
      />
      <ChoiceFilter
        name="Action"
        options={offered.map((value) => ({ value, label: actionWords(value) }))}
        values={known}
        onOpen={() => setVerbs(true)}
        onChange={(values) => onChange({ action: some(values) })}
      />
      <ChoiceFilter
        name="Object"
        options={SUBJECTS}
        values={kind ? [kind] : []}
        onChange={(values) => onChange({ subject: values.at(-1) })}
      />
      <DueFilter name="When" past value={search.when} today={me.today} onChange={(when) => onChange({ when })} />
      {filtered && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear
        </Button>
      )}
    </FilterRow>
  );
}

function ExportMenu({ search }: { search: AuditSearch }) {
  const query = toJournalQuery(search);
  const proof = exportHref('/api/journal/proof', query, 'csv').replace(/[?&]format=csv/, (found) => found[0] ?? '');
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Menu.Item key={format} component="a" href={exportHref('/api/journal/export', query, format)} download>
            {format === 'xlsx' ? 'Excel (XLSX)' : 'CSV'}, all entries of this list
          </Menu.Item>
        ))}
        <Menu.Item component="a" href={proof.replace('?&', '?')} download>
          Proof of these entries (ZIP)
        </Menu.Item>
        <Menu.Item onClick={() => window.print()}>Print the entries on this page</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
