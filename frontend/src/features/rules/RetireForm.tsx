// Retire an internal return from a day on: says what comes off the plan, asks the reason.
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { InternalReturn } from '@/api/types';
import { useMe } from '@/app/me';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { formatDate } from '@/lib/format';
import { done, whenWaiting } from '@/lib/notify';
import { EffectNote } from './EffectNote';
import classes from './Rule.module.css';
import { useEffectOf } from './useEffectOf';
import { useRulesChanged } from './useRulesChanged';

export default function RetireForm({ own, onClose }: { own: InternalReturn; onClose: () => void }) {
  const me = useMe();
  const changed = useRulesChanged();
  const [from, setFrom] = useState(me.today);
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const path = { code: own.code };
  const effect = useEffectOf('retire', from ? { from, reason: '' } : null, (body) =>
    unwrap(api.POST('/api/rulebook/internal-returns/{code}/retire/preview', { params: { path }, body })),
  );
  const retire = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/rulebook/internal-returns/{code}/retire', {
          params: { path, header: ifMatch(own.version) },
          body: { from, reason: reason.trim() },
        }),
      ),
    onError: whenWaiting(() => {
      changed();
      onClose();
    }),
    onSuccess: () => {
      done(`${own.code} ends on ${formatDate(from)}.`);
      changed();
      onClose();
    },
  });
  const fault = local ?? retire.error;
  const fields = fault ? toApiError(fault).fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!from) gaps.from = 'Enter the day.';
    if (reason.trim().length < 10) gaps.reason = 'Say why in at least 10 characters; it stays on the record.';
    const local = localErrors(gaps);
    setLocal(local);
    if (!local) retire.mutate();
  };
  return (
    <div className={classes.halves}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={fault}
          labels={{ from: 'No more from', reason: 'Reason' }}
          ids={{ from: 'retire-from', reason: 'retire-reason' }}
        />
        <DateField
          id="retire-from"
          label="No more from"
          value={from}
          today={me.today}
          error={fields.from}
          help="Periods that end, or events that happen, from this day on"
          onChange={setFrom}
        />
        <Textarea
          id="retire-reason"
          label="Reason"
          value={reason}
          error={fields.reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="z-row-wrap">
          <WriteButton type="submit" color="red" loading={retire.isPending}>
            Retire it
          </WriteButton>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </form>
      <EffectNote effect={from ? effect.data : undefined} busy={effect.isFetching} waiting="Enter the day." />
    </div>
  );
}
