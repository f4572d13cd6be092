// After how many days late a return counts as breached in this firm, unless the return or the rule says otherwise.
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { useCan } from '@/app/me';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { plural } from '@/lib/format';
import { done, whenWaiting } from '@/lib/notify';
import { effectLines } from './EffectNote';
import classes from './Rule.module.css';
import { useEffectOf } from './useEffectOf';
import { useRulesChanged } from './useRulesChanged';

type Props = { firm: { breachAfterDays: number; version: number } };

export function FirmBreachCard({ firm }: Props) {
  const can = useCan();
  const changed = useRulesChanged();
  const [text, setText] = useState(String(firm.breachAfterDays));
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const days = /^\d{1,3}$/.test(text.trim()) ? Number(text) : null;
  const ready = days !== null && days <= 365 && days !== firm.breachAfterDays;
  const effect = useEffectOf('firm', ready ? { breachAfterDays: days } : null, (body) =>
    unwrap(api.POST('/api/rulebook/settings/preview', { body })),
  );
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/rulebook/settings', {
          params: { header: ifMatch(firm.version) },
          body: { breachAfterDays: days ?? firm.breachAfterDays, ...noteOf(note) },
        }),
      ),
    onError: whenWaiting(() => {
      setText(String(firm.breachAfterDays));
      setNote('');
      changed();
    }),
    onSuccess: () => {
      done('Saved. Open filings follow in a moment.');
      changed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(days !== null && days <= 365 ? {} : { breachAfterDays: 'Use 0 to 365 days.' });
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const fault = local ?? save.error;
  const lines = ready && effect.data ? effectLines(effect.data) : [];
  return (
    <section className="z-card" aria-labelledby="breach">
      <header>
        <h2 id="breach">When late counts as breached</h2>
      </header>
      {can('rulebook.settings') ? (
        <form className={`z-card-body ${classes.form}`} onSubmit={submit} noValidate>
          <FormSummary
            error={fault}
            labels={{ breachAfterDays: 'Days late', reason: 'Note' }}
            ids={{ breachAfterDays: 'firm-breach', reason: 'firm-breach-note' }}
          />
          <div className="z-row-wrap" style={{ alignItems: 'flex-end' }}>
            <TextInput
              className={classes.short}
              id="firm-breach"
              label="Days late"
              inputMode="numeric"
              value={text}
              error={fault ? toApiError(fault).fields.breachAfterDays : undefined}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <WriteButton
              type="submit"
              variant={ready ? 'filled' : 'default'}
              loading={save.isPending}
              disabled={!ready && days === firm.breachAfterDays}
            >
              Save
            </WriteButton>
          </div>
          <p className={`z-2 ${classes.plain}`} aria-live="polite">
            {!ready
              ? 'For returns and rules without a number of their own.'
              : effect.isFetching || !effect.data
                ? 'Working out what it changes'
                : lines.length > 0
                  ? `${lines.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join('. ')}.`
                  : 'No filing changes its status.'}
          </p>
          {ready && <ApprovalNote id="firm-breach-note" value={note} onChange={setNote} />}
        </form>
      ) : (
        <p className={`z-card-body ${classes.plain}`}>{plural(firm.breachAfterDays, 'day')} after the date in law.</p>
      )}
    </section>
  );
}
