// Parts of the form of an internal return: when it is due, and for whom.
import { NativeSelect, TextInput } from '@mantine/core';
import type { Reference } from '@/api/types';
import { MultiChoice } from '@/components/MultiChoice';
import { ClientChooser } from '@/features/relaxations/ClientChooser';
import { DUE_KINDS, type DueKind, INTERNAL_IDS, type InternalValues, PERIODS, type Whose } from './internalForm';
import classes from './Rule.module.css';
import { FREQUENCIES } from './words';

type Part = {
  values: InternalValues;
  fields: Record<string, string>;
  onChange: (part: Partial<InternalValues>) => void;
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
].map((label, index) => ({ value: String(index + 1), label }));

export function InternalDue({ values, fields, events, onChange }: Part & { events: Reference['eventKinds'] }) {
  const number = (key: 'day' | 'months' | 'days', label: string, help?: string) => (
    <TextInput
      id={INTERNAL_IDS[`due.${key}`]}
      label={label}
      description={help}
      inputMode="numeric"
      value={values[key]}
      error={fields[`due.${key}`]}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
    />
  );
  const periodic = values.kind === 'day_of_month' || values.kind === 'days_after_period';
  return (
    <fieldset className={classes.part}>
      <legend>When</legend>
      <NativeSelect
        id={INTERNAL_IDS.due}
        label="Due"
        value={values.kind}
        error={fields.due}
        data={DUE_KINDS}
        onChange={(event) => onChange({ kind: event.currentTarget.value as DueKind })}
      />
      <div className={classes.pair}>
        {periodic && (
          <NativeSelect
            id={INTERNAL_IDS.frequency}
            label="How often"
            value={values.frequency}
            error={fields.frequency}
            data={PERIODS.map((value) => ({ value, label: FREQUENCIES[value] ?? value }))}
            onChange={(event) => onChange({ frequency: event.currentTarget.value })}
          />
        )}
        {values.kind === 'days_after_event' && (
          <NativeSelect
            id={INTERNAL_IDS['due.event']}
            label="Event"
            value={values.event}
            error={fields['due.event']}
            data={[{ value: '', label: 'Choose' }, ...events.map((one) => ({ value: one.kind, label: one.title }))]}
            onChange={(event) => onChange({ event: event.currentTarget.value })}
          />
        )}
        {values.kind === 'yearly' && (
          <NativeSelect
            id={INTERNAL_IDS['due.month']}
            label="Month"
            value={values.month}
            error={fields['due.month']}
            data={MONTHS}
            onChange={(event) => onChange({ month: event.currentTarget.value })}
          />
        )}
        {(values.kind === 'day_of_month' || values.kind === 'yearly') && number('day', 'Day', '31 is the month end')}
        {values.kind === 'day_of_month' && number('months', 'Months after the period', '0 is the month it ends in')}
        {(values.kind === 'days_after_period' || values.kind === 'days_after_event') && number('days', 'Days after')}
      </div>
    </fieldset>
  );
}

export function InternalWhom({ values, fields, reference, onChange }: Part & { reference: Reference | undefined }) {
  return (
    <fieldset className={classes.part}>
      <legend>For whom</legend>
      <NativeSelect
        label="Clients"
        value={values.whose}
        data={[
          { value: 'all', label: 'Every client' },
          { value: 'some', label: 'Clients of some legal forms or registrations' },
          { value: 'chosen', label: 'Only clients I choose' },
        ]}
        onChange={(event) => onChange({ whose: event.currentTarget.value as Whose })}
      />
      {values.whose === 'some' && (
        <div className={classes.pair}>
          <MultiChoice
            id={INTERNAL_IDS.entityTypes}
            label="Legal forms (any when empty)"
            data={(reference?.entityTypes ?? []).map((one) => ({ value: one.key, label: one.title }))}
            value={values.entityTypes}
            error={fields.entityTypes}
            onChange={(entityTypes) => onChange({ entityTypes })}
            searchable
          />
          <MultiChoice
            id={INTERNAL_IDS.registrations}
            label="Registrations (none needed when empty)"
            data={(reference?.registrationCategories ?? []).map((one) => ({
              value: `${one.regulator}:${one.category}`,
              label: `${one.regulator}, ${one.title}`,
            }))}
            value={values.registrations}
            error={fields.registrations}
            onChange={(registrations) => onChange({ registrations })}
            searchable
          />
        </div>
      )}
      {values.whose === 'chosen' && (
        <ClientChooser
          id={INTERNAL_IDS.clientIds}
          value={values.clients}
          error={fields.clientIds}
          onChange={(clients) => onChange({ clients })}
        />
      )}
    </fieldset>
  );
}
