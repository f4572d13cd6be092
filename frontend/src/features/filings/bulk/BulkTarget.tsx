// The firm's own, earlier date for these filings. The legal dates never move.
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import { noteOf } from '@/components/ApprovalNote';
import { DateField } from '@/components/DateField';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';
import { scopeWords } from './SelectionBar';

export function BulkTarget({ scope, bulk, today, onClose }: BulkDialogProps) {
  const [date, setDate] = useState('');
  const [note, setNote] = useState('');
  const [reset, setReset] = useState(false);
  const [local, setLocal] = useState<unknown>(null);
  const submit = () => {
    const fault = localErrors(reset || date ? {} : { targetDueOn: 'Give a date.' });
    setLocal(fault);
    if (fault) return;
    const change = { targetDueOn: reset ? null : date, ...noteOf(note) };
    bulk.mutate({ scope, change, words: 'Internal target set' });
  };
  return (
    <BulkDialog
      title={`Internal target date: ${scopeWords(scope)}`}
      act="Set target"
      bulk={bulk}
      onClose={onClose}
      local={local}
      labels={{ targetDueOn: 'Target date' }}
      ids={{ targetDueOn: 'bulk-target' }}
      onSubmit={submit}
      note={[note, setNote]}
    >
      {!reset && (
        <DateField
          id="bulk-target"
          label="Target date"
          value={date}
          onChange={setDate}
          today={today}
          error={local ? toApiError(local).fields.targetDueOn : undefined}
          help="Filings whose legal due date is earlier stay as they are and are listed afterwards."
        />
      )}
      <Checkbox
        label="Go back to the dates worked out from the rules"
        checked={reset}
        onChange={(event) => setReset(event.currentTarget.checked)}
      />
    </BulkDialog>
  );
}
