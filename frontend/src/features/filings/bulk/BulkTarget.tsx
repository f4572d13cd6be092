// The firm's own, earlier date for these filings. The legal dates never move.
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import { DateField } from '@/components/DateField';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';
import { scopeWords } from './SelectionBar';

export function BulkTarget({ scope, bulk, today, onClose }: BulkDialogProps) {
  const [date, setDate] = useState('');
  const [reset, setReset] = useState(false);
  const [local, setLocal] = useState<unknown>(null);
  const submit = () => {
    const fault = localErrors(reset || date ? {} : { targetDueOn: 'Give a date.' });
    setLocal(fault);
    if (!fault) bulk.mutate({ scope, change: { targetDueOn: reset ? null : date }, words: 'Internal target set' });
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
