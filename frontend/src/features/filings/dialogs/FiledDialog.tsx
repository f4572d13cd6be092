// Mark as filed: the date, and the acknowledgement number or a named exception with its reason.
import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { localErrors, toApiError } from '@/api/error';
import type { FilingDetail } from '@/api/types';
import { DateField } from '@/components/DateField';
import { daysBetween, formatDate, lateWords } from '@/lib/format';
import { done } from '@/lib/notify';
import { useFilingChange } from '../useFilingChange';
import { DialogForm } from './DialogForm';

const EXCEPTIONS = [
  'The portal gives none',
  'Filed on paper or by e-mail',
  'The portal failed after submission',
  'Filed by someone else, number not shared',
];
const IDS = { filedOn: 'filed-on', acknowledgementNo: 'ack-no', acknowledgementException: 'ack-exception' };
const LABELS = {
  filedOn: 'Filed on',
  acknowledgementNo: 'Acknowledgement number',
  acknowledgementException: 'Why there is none',
};

export function FiledDialog({ filing, today, onClose }: { filing: FilingDetail; today: string; onClose: () => void }) {
  const [filedOn, setFiledOn] = useState(today);
  const [number, setNumber] = useState('');
  const [none, setNone] = useState(false);
  const [kind, setKind] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [nil, setNil] = useState(false);
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
    </DialogForm>
  );
}
