// The four parts of the form: the circular, the returns and periods, the clients, what it gives.
import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import type { Reference, ReturnRef } from '@/api/types';
import { DateField } from '@/components/DateField';
import { MultiChoice } from '@/components/MultiChoice';
import { formatDate } from '@/lib/format';
import { ClientChooser } from './ClientChooser';
import { type Effect, FIELD_IDS, fyDays, type RelaxationValues, type Whose } from './form';
import classes from './Relaxations.module.css';

type Part = {
  values: RelaxationValues;
  onChange: (part: Partial<RelaxationValues>) => void;
  fields: Record<string, string>;
  today: string;
};

export function CircularPart({
  values,
  onChange,
  fields,
  today,
  regulators,
}: Part & { regulators: Reference['regulators'] }) {
  return (
    <fieldset className={classes.part}>
      <legend>1. The circular</legend>
      <div className={classes.pair}>
        <NativeSelect
          id={FIELD_IDS.regulator}
          label="Issued by"
          value={values.regulator}
          error={fields.regulator}
          data={[
            { value: '', label: 'Choose' },
            ...regulators.map((one) => ({ value: one.key, label: `${one.key}, ${one.title}` })),
          ]}
          onChange={(event) => onChange({ regulator: event.currentTarget.value })}
        />
        <TextInput
          id={FIELD_IDS.circularNo}
          label="Number"
          placeholder="General Circular 07/2026"
          value={values.circularNo}
          error={fields.circularNo}
          maxLength={120}
          onChange={(event) => onChange({ circularNo: event.currentTarget.value })}
        />
        <DateField
          id={FIELD_IDS.circularOn}
          label="Dated"
          value={values.circularOn}
          today={today}
          max={today}
          error={fields.circularOn}
          onChange={(circularOn) => onChange({ circularOn })}
        />
      </div>
      <TextInput
        id={FIELD_IDS.circularUrl}
        label="Link (optional)"
        placeholder="https://"
        value={values.circularUrl}
        error={fields.circularUrl}
        maxLength={500}
        onChange={(event) => onChange({ circularUrl: event.currentTarget.value })}
      />
    </fieldset>
  );
}

/** Returns of the circular's issuer come first; the others stay within reach. */
function returnChoices(returns: ReturnRef[], regulator: string) {
  const option = (one: ReturnRef) => ({ value: one.code, label: `${one.code}, ${one.title}` });
  const own = returns.filter((one) => one.regulator === regulator);
  const others = returns.filter((one) => one.regulator !== regulator);
  if (own.length === 0) return others.map(option);
  return [
    { group: `Returns to ${regulator}`, items: own.map(option) },
    { group: 'Other returns', items: others.map(option) },
  ];
}

export function ReturnsPart({
  values,
  onChange,
  fields,
  today,
  returns,
  years,
}: Part & { returns: ReturnRef[]; years: string[] }) {
  return (
    <fieldset className={classes.part}>
      <legend>2. Returns and periods</legend>
      <MultiChoice
        classNames={{ pill: classes.pill }}
        id={FIELD_IDS.codes}
        label="Returns"
        placeholder={values.codes.length ? undefined : 'Type a code or a name'}
        data={returnChoices(returns, values.regulator)}
        value={values.codes}
        error={fields.codes}
        onChange={(codes) => onChange({ codes })}
        searchable
        limit={60}
        nothingFoundMessage="No return by that name"
      />
      <div className={classes.pair}>
        <NativeSelect
          label="Periods"
          value={values.fy}
          data={[
            ...years.map((fy) => ({ value: fy, label: `That end in FY ${fy}` })),
            { value: '', label: 'That end between two days' },
          ]}
          description={
            values.fy ? `${formatDate(fyDays(values.fy).from)} to ${formatDate(fyDays(values.fy).to)}` : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => onChange({ fy: event.currentTarget.value })}
        />
        {!values.fy && (
          <>
            <DateField
              id={FIELD_IDS.periodFrom}
              label="Periods that end from"
              value={values.periodFrom}
              today={today}
              error={fields.periodFrom}
              onChange={(periodFrom) => onChange({ periodFrom })}
            />
            <DateField
              id={FIELD_IDS.periodTo}
              label="Periods that end until"
              value={values.periodTo}
              today={today}
              error={fields.periodTo}
              onChange={(periodTo) => onChange({ periodTo })}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}

export function ClientsPart({ values, onChange, fields, reference }: Part & { reference: Reference | undefined }) {
  return (
    <fieldset className={classes.part}>
      <legend>3. Clients</legend>
      <NativeSelect
        label="For"
        value={values.whose}
        data={[
          { value: 'all', label: 'All clients that file these returns' },
          { value: 'forms', label: 'Only clients of some legal forms' },
          { value: 'registrations', label: 'Only clients with some registrations' },
          { value: 'chosen', label: 'Only clients I choose' },
        ]}
        onChange={(event) => onChange({ whose: event.currentTarget.value as Whose })}
      />
      {values.whose === 'forms' && (
        <MultiChoice
          classNames={{ pill: classes.pill }}
          id={FIELD_IDS.entityTypes}
          label="Legal forms"
          data={(reference?.entityTypes ?? []).map((one) => ({ value: one.key, label: one.title }))}
          value={values.entityTypes}
          error={fields.entityTypes}
          onChange={(entityTypes) => onChange({ entityTypes })}
          searchable
        />
      )}
      {values.whose === 'registrations' && (
        <MultiChoice
          classNames={{ pill: classes.pill }}
          id={FIELD_IDS.registrations}
          label="Registrations"
          data={(reference?.registrationCategories ?? []).map((one) => ({
            value: `${one.regulator}:${one.category}`,
            label: `${one.regulator}, ${one.title}`,
          }))}
          value={values.registrations}
          error={fields.registrations}
          onChange={(registrations) => onChange({ registrations })}
          searchable
        />
      )}
      {values.whose === 'chosen' && (
        <ClientChooser
          id={FIELD_IDS.clientIds}
          value={values.clients}
          error={fields.clientIds}
          onChange={(clients) => onChange({ clients })}
        />
      )}
    </fieldset>
  );
}

export function EffectPart({ values, onChange, fields, today }: Part) {
  return (
    <fieldset className={classes.part}>
      <legend>4. What it gives</legend>
      <Radio.Group
        aria-label="What the circular gives"
        value={values.effect}
        onChange={(effect) => onChange({ effect: effect as Effect })}
      >
        <div className="z-stack">
          <Radio value="new_date" label="A new due date" />
          <Radio value="extra_days" label="Some days more than the rule gives" />
          <Radio value="no_late_cost" label="No additional fee until a day; the due date and penalties stay" />
        </div>
      </Radio.Group>
      <div className={classes.pair}>
        {values.effect === 'new_date' && (
          <DateField
            id={FIELD_IDS.newDueOn}
            label="New due date"
            value={values.newDueOn}
            today={today}
            error={fields.newDueOn}
            help="What is due later anyway keeps its date."
            onChange={(newDueOn) => onChange({ newDueOn })}
          />
        )}
        {values.effect === 'extra_days' && (
          <TextInput
            id={FIELD_IDS.extraDays}
            label="Days more"
            inputMode="numeric"
            value={values.extraDays}
            error={fields.extraDays}
            description="Counted from the date of the rule."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(event) => onChange({ extraDays: event.currentTarget.value })}
          />
        )}
        {values.effect === 'no_late_cost' && (
          <>
            <DateField
              id={FIELD_IDS.freeUntil}
              label="No additional fee until"
              value={values.freeUntil}
              today={today}
              error={fields.freeUntil}
              onChange={(freeUntil) => onChange({ freeUntil })}
            />
            <NativeSelect
              label="Filed after that day, days count from"
              value={values.countsFromDue ? 'due' : 'until'}
              data={[
                { value: 'due', label: 'The due date, as if there were no relief' },
                { value: 'until', label: 'That day' },
              ]}
              onChange={(event) => onChange({ countsFromDue: event.currentTarget.value === 'due' })}
            />
          </>
        )}
      </div>
      {values.effect !== 'no_late_cost' && (
        <Checkbox
          label="It names dates that had passed: what was late when it came is on time again"
          checked={values.namesPast}
          onChange={(event) => onChange({ namesPast: event.currentTarget.checked })}
        />
      )}
      <Textarea
        id={FIELD_IDS.note}
        label="Note for colleagues (optional)"
        value={values.note}
        error={fields.note}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </fieldset>
  );
}
