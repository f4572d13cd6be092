// Take an event back: the difference it makes, and a reason that stays on the record.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { Client, ClientEvent } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { formatDate } from '@/lib/format';
import { done } from '@/lib/notify';
import { DiffPreview } from './DiffPreview';
import { useRefreshClient } from './useClientChange';

export function RemoveEventDialog({
  client,
  event,
  onClose,
}: {
  client: Client;
  event: ClientEvent;
  onClose: () => void;
}) {
  const refresh = useRefreshClient(client.id);
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const send = (dryRun: boolean) =>
    unwrap(
      api.DELETE('/api/clients/{id}/events/{eventId}', {
        params: { path: { id: client.id, eventId: event.id }, query: { dryRun } },
        body: { reason: reason.trim() || 'preview' },
      }),
    );
  const preview = useQuery({
    queryKey: ['event-removal', client.id, event.id],
    queryFn: () => send(true),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: () => {
      done('Event taken back.');
      refresh();
      onClose();
    },
  });
  const submit = (form: FormEvent) => {
    form.preventDefault();
    const fault = localErrors(reason.trim() ? {} : { reason: 'Give the reason.' });
    setLocal(fault);
    if (!fault) apply.mutate();
  };
  const error = local ?? apply.error ?? preview.error;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Take back: ${event.title}, ${formatDate(event.on)}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={error} labels={{ reason: 'Reason' }} ids={{ reason: 'event-reason' }} />
        {preview.data && <DiffPreview diff={preview.data.diff} />}
        <TextInput
          id="event-reason"
          label="Reason"
          value={reason}
          onChange={(one) => setReason(one.currentTarget.value)}
          error={error ? toApiError(error).fields.reason : undefined}
          data-autofocus
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Keep the event
          </Button>
          <Button type="submit" size="sm" loading={apply.isPending}>
            Take it back
          </Button>
        </div>
      </form>
    </Modal>
  );
}
