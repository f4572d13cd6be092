// Opens a closed filing again, with a reason.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import type { FilingDetail } from '@/api/types';
import { done } from '@/lib/notify';
import { useFilingChange } from '../useFilingChange';
import { DialogForm } from './DialogForm';

export function ReopenDialog({ filing, onClose }: { filing: FilingDetail; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const change = useFilingChange(filing, () => {
    done('Open again.');
    onClose();
  });
  const submit = () => {
    const fault = localErrors(reason.trim() ? {} : { reason: 'Give the reason.' });
    setLocal(fault);
    if (!fault) change.mutate({ status: 'open', reason: reason.trim() });
  };
  const error = local ?? change.error;
  return (
    <DialogForm
      title={`Open ${filing.code} ${filing.periodLabel} again`}
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={{ reason: 'Reason' }}
      ids={{ reason: 'reopen-reason' }}
      busy={change.isPending}
      act="Open again"
      keep="Keep closed"
    >
      <p className="z-2" style={{ margin: 0 }}>
        Its status follows from the dates again. What was recorded stays in the activity.
      </p>
      <Textarea
        id="reopen-reason"
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error ? toApiError(error).fields.reason : undefined}
        data-autofocus
      />
    </DialogForm>
  );
}
