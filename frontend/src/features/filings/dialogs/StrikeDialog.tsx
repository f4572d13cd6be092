// Strikes an entry about a portal through, with a reason. It stays readable.
import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { filingQuery } from '@/api/queries';
import type { FilingDetail, PortalProblem } from '@/api/types';
import { formatInstant } from '@/lib/format';
import { done } from '@/lib/notify';
import { DialogForm } from './DialogForm';

type Props = { filing: FilingDetail; entry: PortalProblem; onClose: () => void };

export function StrikeDialog({ filing, entry, onClose }: Props) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/return-filings/{id}/portal-problems/{problemId}/strike', {
          params: { path: { id: filing.id, problemId: entry.id } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(filingQuery(filing.id).queryKey, changed);
      done('Struck through.');
      onClose();
    },
  });
  const submit = () => {
    const fault = localErrors(reason.trim().length >= 5 ? {} : { reason: 'Give the reason in a few words.' });
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error;
  return (
    <DialogForm
      title="Strike this entry through"
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={{ reason: 'Reason' }}
      ids={{ reason: 'strike-reason' }}
      busy={save.isPending}
      act="Strike through"
      keep="Keep the entry"
    >
      <p className="z-2" style={{ margin: 0 }}>
        {entry.portal}, {formatInstant(entry.happenedAt)}. It stays readable, marked as wrong, with your reason.
      </p>
      <Textarea
        id="strike-reason"
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error ? toApiError(error).fields.reason : undefined}
        data-autofocus
      />
    </DialogForm>
  );
}
