// The last step: says the effect, asks the reason, and names the act. The safe button has focus first.
import { Button, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import type { RelaxationCounts } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { plural } from '@/lib/format';

type Props = {
  counts: RelaxationCounts;
  circularNo: string;
  busy: boolean;
  error: unknown;
  onApply: (reason: string) => void;
  onClose: () => void;
};

export default function ApplyDialog({ counts, circularNo, busy, error, onApply, onClose }: Props) {
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(reason.trim().length >= 5 ? {} : { reason: 'Give the reason, at least 5 characters.' });
    setLocal(fault);
    if (!fault) onApply(reason.trim());
  };
  const fault = local ?? error;
  const moved = plural(counts.changed, 'filing');
  return (
    <Modal opened onClose={onClose} title={`Carry out ${circularNo}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={fault} labels={{ reason: 'Reason' }} ids={{ reason: 'apply-reason' }} />
        <p style={{ margin: 0 }}>
          {counts.extended > 0
            ? `${moved} of ${plural(counts.clients, 'client')} get their new due date.`
            : `${moved} of ${plural(counts.clients, 'client')} are free of the additional fee for that time; penalties run on.`}{' '}
          Lists, calendars, feeds and late cost follow at once, and filings planned later for these periods get it too.
          It stays on the record and can be undone.
        </p>
        <Textarea
          id="apply-reason"
          label="Reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fault ? toApiError(fault).fields.reason : undefined}
          maxLength={1000}
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose} data-autofocus>
            Not yet
          </Button>
          <WriteButton type="submit" size="sm" loading={busy}>
            Carry it out
          </WriteButton>
        </div>
      </form>
    </Modal>
  );
}
