// Mark as filed: the date, and the acknowledgement number or a named exception with its reason.
import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import type { FilingDetail } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { DateField } from '@/components/DateField';
import { daysBetween, formatDate, lateWords } from '@/lib/format';
import { done } from '@/lib/notify';
import { useFilingChange } from '../useFilingChange';
import type { Correction } from './correction';
import { DialogForm } from './DialogForm';

const EXCEPTIONS = [
  'The portal gives none',
  'Filed on paper or by e-mail',
  'The portal failed after submission',
  'Filed by someone else, number not shared',
];
const IDS = {
  filedOn: 'filed-on',
  acknowledgementNo: 'ack-no',
  acknowledgementException: 'ack-exception',
  reason: 'filed-note',
};
const LABELS = {
  filedOn: 'Filed on',
  acknowledgementNo: 'Acknowledgement number',
  acknowledgementException: 'Why there is none',
  reason: 'Note',
};

type Props = { filing: FilingDetail; today: string; was: Correction; onClose: () => void };

export function FiledDialog({ filing, today, was, onClose }: Props) {
  const came = was.state?.to === 'filed' ? was.state : undefined;
  const [said, ...words] = (came?.exception ?? '').split(': ');
  const [filedOn, setFiledOn] = useState(came?.on ?? today);
  const [number, setNumber] = useState(came?.acknowledgement ?? '');
  const [none, setNone] = useState(Boolean(came?.exception));
  const [kind, setKind] = useState<string | null>(said || null);
  const [reason, setReason] = useState(words.join(': '));
  const [nil, setNil] = useState(came?.nil ?? false);
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const change = useFilingChange(
    filing,
    (changed) => {
      done(changed.acknowledgementNo ? `Filed. Acknowledgement ${changed.acknowledgementNo} saved.` : 'Filed.');
      onClose();
    },
    onClose,
  );

  const submit = () => {
    const gaps: Record<string, string> = {};
    if (!filedOn) gaps.filedOn = 'Give the date it was filed.';
    else if (filedOn > today) gaps.filedOn = 'This date is in the future. Give the date it was filed.';
    if (none ? !kind || !reason.trim() : !number.trim()) {
      if (none) gaps.acknowledgementException = 'Choose why there is none, and say it in a sentence.';
      else gaps.acknowledgementNo = 'Type the number on the receipt, or tick that there is none.';
    }
    const fault = localErrors(gaps);
    setLocal(fault);
    if (fault) return;
    change.mutate({
      status: 'filed',
      filedOn,
      nilReturn: nil,
      ...noteOf(note),
      ...(none ? { acknowledgementException: `${kind}: ${reason.trim()}` } : { acknowledgementNo: number.trim() }),
    });
  };
  const error = local ?? change.error;
  const fields = error ? toApiError(error).fields : {};
  const late = filing.legalDueOn && filedOn ? daysBetween(filing.legalDueOn, filedOn) : 0;
  return (
    <DialogForm
      title={`Mark ${filing.code} ${filing.periodLabel} as filed`}
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={LABELS}
      ids={IDS}
      busy={change.isPending}
      act="Mark as filed"
    >
      {came && was.notice}
      <DateField
        id={IDS.filedOn}
        label="Filed on"
        value={filedOn}
        onChange={setFiledOn}
        today={today}
        max={today}
        error={fields.filedOn}
      />
      {late > 0 && (
        <div className="z-notice" data-tone="warn">
          <p>
            {lateWords(late).charAt(0).toUpperCase() + lateWords(late).slice(1)} against the legal due date,{' '}
            {formatDate(filing.legalDueOn)}. It will be recorded as filed late.
          </p>
        </div>
      )}
      {!none && (
        <TextInput
          id={IDS.acknowledgementNo}
          label="Acknowledgement number"
          description="As printed on the receipt. SRN for MCA forms."
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={fields.acknowledgementNo}
          autoComplete="off"
          classNames={{ input: 'mono' }}
        />
      )}
      <Checkbox
        label="There is no acknowledgement number"
        checked={none}
        onChange={(event) => setNone(event.currentTarget.checked)}
      />
      {none && (
        <>
          <Select
            id={IDS.acknowledgementException}
            label="Why there is none"
            data={EXCEPTIONS}
            value={kind}
            onChange={setKind}
            error={fields.acknowledgementException}
          />
          <Textarea
            label="In a sentence"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minRows={2}
          />
        </>
      )}
      <Checkbox label="Nil return" checked={nil} onChange={(event) => setNil(event.currentTarget.checked)} />
      <ApprovalNote id={IDS.reason} value={note} onChange={setNote} error={fields.reason} />
    </DialogForm>
  );
}
