// Take a relaxation back: says what comes back and what stays, asks the reason.
import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { Relaxation } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { plural } from '@/lib/format';
import { done, whenWaiting } from '@/lib/notify';
import { useRefreshDates } from '@/lib/useRefreshDates';

export default function UndoDialog({ one, onClose }: { one: Relaxation; onClose: () => void }) {
  const queryClient = useQueryClient();
  const refresh = useRefreshDates();
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const undo = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/relaxations/{id}/undo', {
          params: { path: { id: one.id } },
          body: { reason: reason.trim() },
        }),
      ),
    onError: whenWaiting(onClose),
    onSuccess: (undone) => {
      refresh();
      void queryClient.invalidateQueries({ queryKey: ['get', '/api/relaxations/{id}'] });
      done(`Undone: ${plural(undone.undone?.report.restored ?? 0, 'filing')} have their dates back.`);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(reason.trim().length >= 5 ? {} : { reason: 'Give the reason, at least 5 characters.' });
    setLocal(fault);
    if (!fault) undo.mutate();
  };
  const fault = local ?? undo.error;
  return (
    <Modal opened onClose={onClose} title={`Undo ${one.circular.number}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={fault} labels={{ reason: 'Reason' }} ids={{ reason: 'undo-reason' }} />
        <p style={{ margin: 0 }}>
          {plural(one.inForceOn, 'filing')} get back exactly what they had without it. Filings closed since keep the
          date under which they closed, and internal targets set by hand stay; both are named afterwards.
        </p>
        <Textarea
          id="undo-reason"
          label="Reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fault ? toApiError(fault).fields.reason : undefined}
          maxLength={1000}
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button type="submit" size="sm" color="red" loading={undo.isPending}>
            Undo it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
