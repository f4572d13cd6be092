// The firm's own, earlier date. The legal date never moves.
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import type { FilingDetail } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { DateField } from '@/components/DateField';
import { formatDate } from '@/lib/format';
import { done } from '@/lib/notify';
import { useFilingChange } from '../useFilingChange';
import type { Correction } from './correction';
import { DialogForm } from './DialogForm';

type Props = { filing: FilingDetail; today: string; was: Correction; onClose: () => void };

export function TargetDialog({ filing, today, was, onClose }: Props) {
  const [date, setDate] = useState(was.target ?? filing.targetDueOn ?? '');
  const [note, setNote] = useState('');
  const [reset, setReset] = useState(false);
  const [local, setLocal] = useState<unknown>(null);
  const change = useFilingChange(
    filing,
    (changed) => {
      done(`Internal target is ${formatDate(changed.targetDueOn)}.`);
      onClose();
    },
    onClose,
  );
  const submit = () => {
    const late = date && filing.legalDueOn && date > filing.legalDueOn;
    const fault = reset
      ? null
      : localErrors(
          !date
            ? { targetDueOn: 'Give a date.' }
            : late
              ? { targetDueOn: `The target must not be after the legal due date, ${formatDate(filing.legalDueOn)}.` }
              : {},
        );
    setLocal(fault);
    if (!fault) change.mutate({ targetDueOn: reset ? null : date, ...noteOf(note) });
  };
  const error = local ?? change.error;
  return (
    <DialogForm
      title="Internal target date"
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={{ targetDueOn: 'Target date', reason: 'Note' }}
      ids={{ targetDueOn: 'target-date', reason: 'target-note' }}
      busy={change.isPending}
      act="Set target"
      keep="Keep as it is"
    >
      {was.target && was.notice}
      {!reset && (
        <DateField
          id="target-date"
          label="Target date"
          value={date}
          onChange={setDate}
          today={today}
          max={filing.legalDueOn ?? undefined}
          error={error ? toApiError(error).fields.targetDueOn : undefined}
          help={filing.legalDueOn ? `Legal due date: ${formatDate(filing.legalDueOn)}` : undefined}
        />
      )}
      {filing.targetOverridden && (
        <Checkbox
          label="Go back to the date worked out from the rule"
          checked={reset}
          onChange={(event) => setReset(event.currentTarget.checked)}
        />
      )}
      {!reset && <ApprovalNote id="target-note" value={note} onChange={setNote} />}
    </DialogForm>
  );
}
