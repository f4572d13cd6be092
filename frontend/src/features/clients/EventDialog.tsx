// Record an event: what, when, for which period; then which filings re-date and why; then apply.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { referenceQuery } from '@/api/queries';
import type { Client } from '@/api/types';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { fyChoices, fyOf } from '@/lib/format';
import { done } from '@/lib/notify';
import { DiffPreview } from './DiffPreview';
import { useRefreshClient } from './useClientChange';

export function EventDialog({ client, today, onClose }: { client: Client; today: string; onClose: () => void }) {
  const reference = useQuery(referenceQuery());
  const refresh = useRefreshClient(client.id);
  const [kind, setKind] = useState('');
  const [on, setOn] = useState('');
  const [period, setPeriod] = useState('');
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const kinds = reference.data?.eventKinds ?? [];
  const def = kinds.find((one) => one.kind === kind);

  const send = (dryRun: boolean) =>
    unwrap(
      api.POST('/api/clients/{id}/events', {
        params: { path: { id: client.id }, query: { dryRun } },
        body: {
          kind,
          on,
          ...(def?.perPeriod && period ? { forPeriod: period } : {}),
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      }),
    );
  const preview = useMutation({ mutationFn: () => send(true) });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: () => {
      done('Event recorded.');
      refresh();
      onClose();
    },
  });
  const edited = () => {
    preview.reset();
    apply.reset();
    setLocal(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!kind) gaps.kind = 'Choose what happened.';
    if (!on) gaps.on = 'Give the date.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (fault) return;
    if (preview.data) apply.mutate();
    else preview.mutate();
  };
  const error = local ?? apply.error ?? preview.error ?? reference.error;
  const fields = error ? toApiError(error).fields : {};
  return (
    <Modal opened onClose={onClose} title="Record an event" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={error}
          labels={{ kind: 'Event', on: 'Date', forPeriod: 'For' }}
          ids={{ kind: 'event-kind', on: 'event-on', forPeriod: 'event-period' }}
        />
        <NativeSelect
          id="event-kind"
          label="Event"
          description={def?.help ?? undefined}
          error={fields.kind}
          value={kind}
          data={[
            { value: '', label: 'Choose what happened' },
            ...kinds.map((one) => ({ value: one.kind, label: one.title })),
          ]}
          onChange={(event) => {
            setKind(event.currentTarget.value);
            edited();
          }}
        />
        <DateField
          id="event-on"
          label="Date"
          value={on}
          today={today}
          error={fields.on}
          onChange={(next) => {
            setOn(next);
            edited();
          }}
        />
        {def?.perPeriod && (
          <NativeSelect
            id="event-period"
            label="For"
            error={fields.forPeriod}
            value={period}
            data={[
              { value: '', label: 'Worked out from the date' },
              ...fyChoices(fyOf(today)).map((fy) => ({ value: fy, label: `FY ${fy}` })),
            ]}
            onChange={(event) => {
              setPeriod(event.currentTarget.value);
              edited();
            }}
          />
        )}
        <TextInput
          label="Note (optional)"
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
            edited();
          }}
        />
        {preview.data && <DiffPreview diff={preview.data.diff} />}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" size="sm" loading={preview.isPending || apply.isPending}>
            {preview.data ? 'Record the event' : 'Show what would change'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
