// Take recorded events back: what it does to each client, and one reason that stays on the record.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { RecordedEvent } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { formatDate, plural } from '@/lib/format';
import { done } from '@/lib/notify';
import { useRefreshDates } from '@/lib/useRefreshDates';
import { EventsDiff, sums } from './EventsDiff';

type Props = { rows: RecordedEvent[]; onClose: () => void; onDone: () => void };

export default function TakeBackDialog({ rows, onClose, onDone }: Props) {
  const refresh = useRefreshDates();
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const ids = rows.map((row) => row.id);
  const send = (dryRun: boolean) =>
    unwrap(
      api.POST('/api/events/take-back', {
        params: { query: { dryRun } },
        body: { ids, reason: dryRun ? 'preview' : reason.trim() },
      }),
    );
  const preview = useQuery({
    queryKey: ['events-removal', ids],
    queryFn: () => send(true),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: (answer) => {
      refresh();
      const left = answer.failed ? ` ${answer.failed} were gone already.` : '';
      done(`Taken back: ${plural(answer.done, 'event')}. ${sums(answer)}.${left}`);
      onDone();
    },
  });
  const submit = (form: FormEvent) => {
    form.preventDefault();
    const short = reason.trim().length < 5;
    const fault = localErrors(short ? { reason: 'Give a reason of at least 5 characters.' } : {});
    setLocal(fault);
    if (!fault) apply.mutate();
  };
  const error = local ?? apply.error ?? preview.error;
  const [only] = rows;
  if (!only) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        rows.length === 1
          ? `Take back: ${only.title}, ${formatDate(only.on)}, ${only.clientName}`
          : `Take back ${plural(rows.length, 'event')}`
      }
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={error} labels={{ reason: 'Reason' }} ids={{ reason: 'take-back-reason' }} />
        {preview.data && <EventsDiff answer={preview.data} />}
        <TextInput
          id="take-back-reason"
          label="Reason"
          value={reason}
          onChange={(one) => setReason(one.currentTarget.value)}
          error={error ? toApiError(error).fields.reason : undefined}
          data-autofocus
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Keep {rows.length === 1 ? 'the event' : 'the events'}
          </Button>
          <Button type="submit" size="sm" loading={apply.isPending}>
            Take {rows.length === 1 ? 'it' : 'them'} back
          </Button>
        </div>
      </form>
    </Modal>
  );
}
