// Record one event for the clients chosen: the day, what it would do to each, then apply; with a way back.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { AwaitedEvent, EventsAnswer } from '@/api/types';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { plural } from '@/lib/format';
import { done, undoable } from '@/lib/notify';
import { useRefreshDates } from '@/lib/useRefreshDates';
import { EventsDiff, sums } from './EventsDiff';
import { eventName, hangingWords } from './words';

type Props = { rows: AwaitedEvent[]; today: string; onClose: () => void; onDone: () => void };

export default function RecordDialog({ rows, today, onClose, onDone }: Props) {
  const refresh = useRefreshDates();
  const [on, setOn] = useState('');
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const [left, setLeft] = useState<EventsAnswer | null>(null);
  const first = rows[0];
  const clients = [...new Map(rows.map((row) => [row.clientId, row])).values()];

  const send = (dryRun: boolean) =>
    unwrap(
      api.POST('/api/events', {
        params: { query: { dryRun } },
        body: {
          kind: first?.kind ?? '',
          on,
          ...(first?.perPeriod ? { forPeriod: first.forPeriod } : {}),
          ...(note.trim() ? { note: note.trim() } : {}),
          clients: clients.map((row) => ({ id: row.clientId, version: row.clientVersion })),
        },
      }),
    );
  const preview = useMutation({ mutationFn: () => send(true) });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: (answer) => {
      refresh();
      const ids = answer.results.flatMap((one) => (one.diff && one.eventId ? [one.eventId] : []));
      if (ids.length)
        undoable(`${first?.title} recorded for ${plural(answer.done, 'client')}: ${sums(answer)}.`, async () => {
          const back = await unwrap(
            api.POST('/api/events/take-back', { body: { ids, reason: 'Undone right after it was recorded' } }),
          );
          refresh();
          done(`Taken back for ${plural(back.done, 'client')}.`);
        });
      if (answer.failed > 0) setLeft(answer);
      else onDone();
    },
  });
  const edited = () => {
    preview.reset();
    apply.reset();
    setLocal(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(on ? {} : { on: 'Give the date.' });
    setLocal(fault);
    if (fault) return;
    if (preview.data) apply.mutate();
    else preview.mutate();
  };
  if (!first) return null;
  const error = local ?? apply.error ?? preview.error;
  const nothing = preview.data?.done === 0;
  return (
    <Modal
      opened
      onClose={left ? onDone : onClose}
      size="lg"
      title={`${eventName(first)}: ${clients.length === 1 ? first.clientName : plural(clients.length, 'client')}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {left ? (
        <div className="z-stack-lg">
          <p className="z-strong" style={{ margin: 0 }}>
            {left.done} done, {left.failed} could not:
          </p>
          <ul className="z-stack" style={{ margin: 0, paddingLeft: 18 }}>
            {left.results
              .filter((one) => one.error)
              .map((one) => (
                <li key={one.clientId}>
                  <span className="z-strong">{one.clientName ?? 'Not there'}</span>: {one.error}
                </li>
              ))}
          </ul>
          <div className="z-row" style={{ justifyContent: 'flex-end' }}>
            <Button size="sm" onClick={onDone} data-autofocus>
              Back to the list
            </Button>
          </div>
        </div>
      ) : (
        <form className="z-stack-lg" onSubmit={submit} noValidate>
          <FormSummary
            error={error}
            labels={{ on: 'Date', note: 'Note', forPeriod: 'For', clients: 'Clients' }}
            ids={{ on: 'event-on', note: 'event-note' }}
          />
          {clients.length === 1 && (
            <p className="z-2" style={{ margin: 0 }}>
              {first.reason && first.lastDayOn
                ? `${first.reason}${first.citation ? ` (${first.citation})` : ''}. `
                : ''}
              Waiting: {first.filings.map(hangingWords).join('; ')}.
            </p>
          )}
          <DateField
            id="event-on"
            label="It happened on"
            value={on}
            today={today}
            max={today}
            autoFocus
            error={error ? toApiError(error).fields.on : undefined}
            onChange={(next) => {
              setOn(next);
              edited();
            }}
          />
          <TextInput
            id="event-note"
            label="Note (optional)"
            value={note}
            error={error ? toApiError(error).fields.note : undefined}
            onChange={(event) => {
              setNote(event.currentTarget.value);
              edited();
            }}
          />
          {preview.data && <EventsDiff answer={preview.data} />}
          <div className="z-row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" size="sm" onClick={onClose}>
              Keep as it is
            </Button>
            {!nothing && (
              <Button type="submit" size="sm" loading={preview.isPending || apply.isPending}>
                {preview.data ? `Record for ${plural(preview.data.done, 'client')}` : 'Show what would change'}
              </Button>
            )}
          </div>
        </form>
      )}
    </Modal>
  );
}
