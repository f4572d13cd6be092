// An internal return as a form: what, when, for whom, and what it plans, before it is saved.
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { referenceQuery } from '@/api/queries';
import type { InternalReturn } from '@/api/types';
import { roleTitle, useMe } from '@/app/me';
import { Corrected, type Kept } from '@/components/Corrected';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { whenWaiting } from '@/lib/notify';
import { EffectNote } from './EffectNote';
import { InternalDue, InternalWhom } from './InternalParts';
import {
  emptyInternal,
  INTERNAL_IDS,
  INTERNAL_LABELS,
  type InternalValues,
  internalBody,
  internalGaps,
  internalValues,
  keptInternal,
  OWNERS,
} from './internalForm';
import classes from './Rule.module.css';
import { useEffectOf } from './useEffectOf';
import { useRulesChanged } from './useRulesChanged';

type Props = {
  own?: InternalReturn;
  onSaved: (own: InternalReturn) => void;
  /** It waits for approval: nothing is saved yet. */
  onWaits: () => void;
  onCancel: () => void;
};

export default function InternalForm(props: Props) {
  const { own } = props;
  // A code that nobody has typed yet holds nothing.
  return own ? (
    <Corrected on={`return:${own.code}`} command="write_internal">
      {(kept, notice) => <WordingForm {...props} kept={kept} notice={notice} />}
    </Corrected>
  ) : (
    <WordingForm {...props} kept={null} notice={null} />
  );
}

function WordingForm({
  own,
  onSaved,
  onWaits,
  onCancel,
  kept,
  notice,
}: Props & { kept: Kept | null; notice: ReactNode }) {
  const me = useMe();
  const changed = useRulesChanged();
  const reference = useQuery(referenceQuery());
  const [values, setValues] = useState<InternalValues>(() =>
    own ? (keptInternal(kept, me.today) ?? internalValues(own, me.today)) : emptyInternal(me.today),
  );
  const [local, setLocal] = useState<unknown>(null);
  const put = (part: Partial<InternalValues>) => setValues((now) => ({ ...now, ...part }));
  const ready = Object.keys(internalGaps({ ...values, reason: 'not needed for this' }, Boolean(own))).length === 0;
  const effect = useEffectOf('internal', ready ? internalBody({ ...values, reason: '' }) : null, (body) =>
    unwrap(api.POST('/api/rulebook/internal-returns/preview', { body })),
  );
  const save = useMutation({
    mutationFn: (): Promise<InternalReturn> =>
      own
        ? unwrap(
            api.PUT('/api/rulebook/internal-returns/{code}', {
              params: { path: { code: own.code }, header: ifMatch(own.version) },
              body: internalBody(values),
            }),
          )
        : unwrap(api.POST('/api/rulebook/internal-returns', { body: internalBody(values) })),
    onError: whenWaiting(() => {
      changed();
      onWaits();
    }),
    onSuccess: (saved) => {
      changed();
      onSaved(saved);
    },
  });
  const fault = local ?? save.error ?? (ready ? effect.error : null);
  const fields = fault ? toApiError(fault).fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps = localErrors(internalGaps(values, Boolean(own)));
    setLocal(gaps);
    if (!gaps) save.mutate();
  };
  return (
    <div className={classes.halves}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        {notice}
        <FormSummary error={local ?? save.error} labels={INTERNAL_LABELS} ids={INTERNAL_IDS} />
        <fieldset className={classes.part}>
          <legend>What</legend>
          <div className={classes.pair}>
            <TextInput
              id={INTERNAL_IDS.code}
              label="Code"
              description="INT-, then your own short name"
              value={values.code}
              error={fields.code}
              maxLength={24}
              readOnly={Boolean(own)}
              onChange={(event) => put({ code: event.currentTarget.value.toUpperCase() })}
            />
            <DateField
              id={INTERNAL_IDS.from}
              label="From"
              value={values.from}
              today={me.today}
              error={fields.from}
              help="Periods that end, or events that happen, from this day on"
              onChange={(from) => put({ from })}
            />
          </div>
          <TextInput
            id={INTERNAL_IDS.title}
            label="Name"
            placeholder="Monthly board pack"
            value={values.title}
            error={fields.title}
            maxLength={120}
            onChange={(event) => put({ title: event.currentTarget.value })}
          />
        </fieldset>
        <InternalDue values={values} fields={fields} events={reference.data?.eventKinds ?? []} onChange={put} />
        <InternalWhom values={values} fields={fields} reference={reference.data} onChange={put} />
        <fieldset className={classes.part}>
          <legend>How</legend>
          <Textarea
            id={INTERNAL_IDS.checklist}
            label="Checklist (optional), one item a line"
            autosize
            minRows={2}
            value={values.checklist}
            error={fields.checklist}
            onChange={(event) => put({ checklist: event.currentTarget.value })}
          />
          <div className={classes.pair}>
            <NativeSelect
              id={INTERNAL_IDS.owner}
              label="Done by"
              value={values.owner}
              error={fields.owner}
              data={[
                { value: '', label: 'Nobody in particular' },
                ...OWNERS.map((value) => ({ value, label: roleTitle(value) })),
              ]}
              onChange={(event) => put({ owner: event.currentTarget.value })}
            />
            <TextInput
              id={INTERNAL_IDS.breachAfterDays}
              label="Days late until it counts as missed"
              inputMode="numeric"
              value={values.breach}
              error={fields.breachAfterDays}
              onChange={(event) => put({ breach: event.currentTarget.value })}
            />
          </div>
          {own && (
            <Textarea
              id={INTERNAL_IDS.reason}
              label="Reason"
              value={values.reason}
              error={fields.reason}
              maxLength={500}
              onChange={(event) => put({ reason: event.currentTarget.value })}
            />
          )}
        </fieldset>
        <div className="z-row-wrap">
          <WriteButton type="submit" loading={save.isPending}>
            {own ? 'Save this wording' : 'Save internal return'}
          </WriteButton>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </form>
      <div className="z-stack-lg">
        <EffectNote
          effect={ready ? effect.data : undefined}
          busy={ready && effect.isFetching}
          waiting="Fill in the form to see what it plans."
        />
        <p className={`z-2 ${classes.plain}`}>
          It is planned beside the law and marked as internal, not law, wherever it is shown. Being late with it costs
          nothing in law.
        </p>
      </div>
    </div>
  );
}
