// Waive, or say that a filing does not apply. Both need a reason that stays on the record.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import type { FilingDetail } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { done } from '@/lib/notify';
import { useFilingChange } from '../useFilingChange';
import type { Correction } from './correction';
import { DialogForm } from './DialogForm';

type Props = { filing: FilingDetail; kind: 'waived' | 'not_applicable'; was: Correction; onClose: () => void };

export function CloseDialog({ filing, kind, was, onClose }: Props) {
  const came = was.state?.to === kind;
  const [reason, setReason] = useState(came ? (was.state?.reason ?? '') : '');
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const waive = kind === 'waived';
  const change = useFilingChange(
    filing,
    () => {
      done(waive ? 'Waived.' : 'Marked as not applicable.');
      onClose();
    },
    onClose,
  );
  const submit = () => {
    const fault = localErrors(reason.trim() ? {} : { reason: 'Give the reason.' });
    setLocal(fault);
    if (!fault) change.mutate({ status: kind, reason: reason.trim(), ...noteOf(note) });
  };
  const error = local ?? change.error;
  return (
    <DialogForm
      title={`${waive ? 'Waive' : 'Not applicable'}: ${filing.code} ${filing.periodLabel}`}
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={{ reason: 'Reason' }}
      ids={{ reason: 'close-reason' }}
      busy={change.isPending}
      act={waive ? 'Waive this filing' : 'Mark not applicable'}
    >
      {came && was.notice}
      <p className="z-2" style={{ margin: 0 }}>
        {waive
          ? 'The filing leaves the open list and stays on record as waived. It can be opened again.'
          : 'Say why the rule does not reach this client for this period. It can be opened again.'}
      </p>
      <Textarea
        id="close-reason"
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error ? toApiError(error).fields.reason : undefined}
        data-autofocus
      />
      <ApprovalNote id="close-note" value={note} onChange={setNote} />
    </DialogForm>
  );
}
