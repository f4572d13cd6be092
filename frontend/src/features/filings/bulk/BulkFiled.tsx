// Mark the selected filings as filed: one day, and each its own acknowledgement number.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import { DateField } from '@/components/DateField';
import { plural } from '@/lib/format';
import type { RowChange } from '../useBulk';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';
import { scopeWords } from './SelectionBar';

export function BulkFiled({ scope, bulk, today, onClose }: BulkDialogProps) {
  const [filedOn, setFiledOn] = useState(today);
  const [numbers, setNumbers] = useState<Record<number, string>>({});
  const [local, setLocal] = useState<unknown>(null);
  const rows = scope.kind === 'rows' ? scope.rows : [];
  const ready = rows.filter((row) => numbers[row.id]?.trim());
  const submit = () => {
    const gaps: Record<string, string> = {};
    if (!filedOn || filedOn > today) gaps.filedOn = 'Give the day they were filed, today at the latest.';
    if (ready.length === 0) gaps.acknowledgementNo = 'Type the number of at least one of them.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (fault) return;
    const changes: (RowChange & { version: number })[] = ready.map(({ id, version }) => ({
      id,
      version,
      change: { status: 'filed', filedOn, acknowledgementNo: numbers[id]?.trim() },
    }));
    bulk.mutate({ scope, change: { status: 'filed' }, rows: changes, words: 'Filed' });
  };
  return (
    <BulkDialog
      title={`Mark ${scopeWords(scope)} as filed`}
      act={ready.length ? `Mark ${plural(ready.length, 'filing')} as filed` : 'Mark as filed'}
      size="lg"
      bulk={bulk}
      onClose={onClose}
      local={local}
      labels={{ filedOn: 'Filed on', acknowledgementNo: 'Acknowledgement numbers' }}
      ids={{ filedOn: 'bulk-filed-on', acknowledgementNo: `ack-${rows[0]?.id ?? 0}` }}
      onSubmit={submit}
    >
      <DateField
        id="bulk-filed-on"
        label="Filed on"
        value={filedOn}
        onChange={setFiledOn}
        today={today}
        max={today}
        error={local ? toApiError(local).fields.filedOn : undefined}
      />
      <p className="z-2" style={{ margin: 0 }}>
        Those without a number stay open.
      </p>
      <div className="z-stack" style={{ maxHeight: '40vh', overflowY: 'auto', padding: 2 }}>
        {rows.map((row) => (
          <TextInput
            key={row.id}
            id={`ack-${row.id}`}
            label={`Acknowledgement number of ${row.name}`}
            value={numbers[row.id] ?? ''}
            onChange={(event) => {
              const value = event.currentTarget.value;
              setNumbers((now) => ({ ...now, [row.id]: value }));
            }}
            autoComplete="off"
            classNames={{ input: 'mono' }}
          />
        ))}
      </div>
    </BulkDialog>
  );
}
