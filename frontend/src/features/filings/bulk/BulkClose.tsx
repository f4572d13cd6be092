// Waive these filings, or say that they do not apply: one reason that stays on the record of each.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import { noteOf } from '@/components/ApprovalNote';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';
import { scopeWords } from './SelectionBar';

export function BulkClose({ scope, bulk, onClose, kind }: BulkDialogProps & { kind: 'waived' | 'not_applicable' }) {
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const waive = kind === 'waived';
  const submit = () => {
    const short = reason.trim().length < 5;
    const fault = localErrors(short ? { reason: 'Give a reason of at least 5 characters.' } : {});
    setLocal(fault);
    if (fault) return;
    const words = waive ? 'Waived' : 'Marked as not applicable';
    bulk.mutate({ scope, change: { status: kind, reason: reason.trim(), ...noteOf(note) }, words });
  };
  return (
    <BulkDialog
      title={`${waive ? 'Waive' : 'Not applicable'}: ${scopeWords(scope)}`}
      act={waive ? 'Waive them' : 'Mark not applicable'}
      bulk={bulk}
      onClose={onClose}
      local={local}
      labels={{ reason: 'Reason' }}
      ids={{ reason: 'bulk-reason' }}
      onSubmit={submit}
      note={[note, setNote]}
    >
      <p className="z-2" style={{ margin: 0 }}>
        {waive
          ? 'They leave the open list and stay on record as waived. Each can be opened again.'
          : 'Say why the rule does not reach these clients for these periods. Each can be opened again.'}
      </p>
      <Textarea
        id="bulk-reason"
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={local ? toApiError(local).fields.reason : undefined}
        data-autofocus
      />
    </BulkDialog>
  );
}
