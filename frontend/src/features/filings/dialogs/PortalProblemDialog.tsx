// Log that the portal did not work: when, where, what happened, a ticket, a screenshot (picked or pasted).
import { Checkbox, FileInput, Group, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ClipboardEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { filingQuery } from '@/api/queries';
import type { FilingDetail } from '@/api/types';
import { DateField } from '@/components/DateField';
import { formatTime } from '@/lib/format';
import { done } from '@/lib/notify';
import { DialogForm } from './DialogForm';

const MAX = 5 * 1024 * 1024;
const IDS = {
  on: 'problem-on',
  time: 'problem-time',
  portal: 'problem-portal',
  what: 'problem-what',
  ticketNo: 'problem-ticket',
  screenshot: 'problem-screenshot',
};
const LABELS = {
  on: 'Date',
  time: 'Time',
  portal: 'Portal',
  what: 'What happened',
  ticketNo: 'Ticket number',
  screenshot: 'Screenshot',
};

type Props = { filing: FilingDetail; today: string; onClose: () => void };

export function PortalProblemDialog({ filing, today, onClose }: Props) {
  const queryClient = useQueryClient();
  const [on, setOn] = useState(today);
  const [time, setTime] = useState(formatTime(new Date().toISOString()).slice(0, 5));
  const [portal, setPortal] = useState(filing.rule?.channel ?? '');
  const [what, setWhat] = useState('');
  const [ticketNo, setTicketNo] = useState('');
  const [holdsUp, setHoldsUp] = useState(false);
  const [picture, setPicture] = useState<File | null>(null);
  const [local, setLocal] = useState<unknown>(null);
  const mayHold = filing.clock?.holder !== null && !filing.inReview && filing.clock?.holder !== 'regulator';
  const save = useMutation({
    mutationFn: () => {
      const form = new FormData();
      for (const [name, text] of Object.entries({ on, time, portal, what, ticketNo, holdsUp: String(holdsUp) })) {
        form.append(name, text);
      }
      if (picture) form.append('screenshot', picture);
      return unwrap(
        api.POST('/api/return-filings/{id}/portal-problems', {
          params: { path: { id: filing.id } },
          // The generated type names the parts; the body that travels is the form itself.
          body: form as unknown as { on: string; time: string; portal: string; what: string },
          bodySerializer: () => form,
        }),
      );
    },
    onSuccess: (changed) => {
      queryClient.setQueryData(filingQuery(filing.id).queryKey, changed);
      done('Logged. It stays on the record of this filing.');
      onClose();
    },
  });
  const submit = () => {
    const gaps: Record<string, string> = {};
    if (!on) gaps.on = 'Give the date.';
    else if (on > today) gaps.on = 'This is in the future.';
    if (!time) gaps.time = 'Give the time.';
    if (!portal.trim()) gaps.portal = 'Name the portal.';
    if (what.trim().length < 5) gaps.what = 'Say what happened: which step, which message.';
    if (picture && picture.size > MAX) gaps.screenshot = 'Larger than 5 MB. Cut it to the part that shows the problem.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const paste = (event: ClipboardEvent) => {
    const image = [...event.clipboardData.files].find((file) => /^image\/(png|jpeg)$/.test(file.type));
    if (!image) return;
    event.preventDefault();
    setPicture(image);
  };
  const error = local ?? save.error;
  const fields = error ? toApiError(error).fields : {};
  return (
    <DialogForm
      title={`Portal not working: ${filing.code} ${filing.periodLabel}`}
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={LABELS}
      ids={IDS}
      busy={save.isPending}
      act="Log the problem"
      keep="Close"
    >
      <div className="z-stack" onPaste={paste}>
        <Group align="start" grow wrap="nowrap">
          <DateField id={IDS.on} label="Date" value={on} onChange={setOn} today={today} max={today} error={fields.on} />
          <TextInput
            id={IDS.time}
            type="time"
            label="Time, IST"
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
            error={fields.time}
          />
        </Group>
        <TextInput
          id={IDS.portal}
          label="Portal"
          value={portal}
          maxLength={100}
          onChange={(event) => setPortal(event.currentTarget.value)}
          error={fields.portal}
        />
        <Textarea
          id={IDS.what}
          label="What happened"
          placeholder="Error 504 after the upload, three tries"
          minRows={2}
          autosize
          value={what}
          maxLength={2000}
          onChange={(event) => setWhat(event.currentTarget.value)}
          error={fields.what}
          data-autofocus
        />
        <TextInput
          id={IDS.ticketNo}
          label="Ticket number, if the helpdesk gave one"
          value={ticketNo}
          maxLength={100}
          onChange={(event) => setTicketNo(event.currentTarget.value)}
          error={fields.ticketNo}
          autoComplete="off"
        />
        <FileInput
          id={IDS.screenshot}
          label="Screenshot"
          description="PNG or JPEG, at most 5 MB. Pasting one into this form works too."
          placeholder="Choose a picture"
          accept="image/png,image/jpeg"
          value={picture}
          onChange={setPicture}
          error={fields.screenshot}
          clearable
        />
        {mayHold && (
          <Checkbox
            label="We can only wait for the portal"
            description="The days from now on count as the regulator’s, not ours."
            checked={holdsUp}
            onChange={(event) => setHoldsUp(event.currentTarget.checked)}
          />
        )}
        <p className="z-2 z-small" style={{ margin: 0 }}>
          An entry cannot be changed later. A wrong one can be struck through, with a reason.
        </p>
      </div>
    </DialogForm>
  );
}
