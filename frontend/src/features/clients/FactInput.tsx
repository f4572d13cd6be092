// One field for a fact's value, by its kind: choice, yes or no, number, money, date, text.
import { NativeSelect, TextInput } from '@mantine/core';
import type { FactDef } from '@/api/types';
import { DateField } from '@/components/DateField';
import { MultiChoice } from '@/components/MultiChoice';
import { formatMoney, humanise, moneyParts } from '@/lib/format';

type Props = {
  def: FactDef;
  value: string;
  onChange: (value: string) => void;
  today: string;
  error?: string;
  id?: string;
  label?: string;
};

export function FactInput({ def, value, onChange, today, error, id, label = 'Value' }: Props) {
  const options = def.options?.map((one) => ({ value: one, label: humanise(one) }));
  const choices = options?.length
    ? options
    : /^(bool|boolean|yes_no|flag)$/.test(def.kind)
      ? [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]
      : null;
  const help = def.help || undefined;
  if (def.kind === 'set_of' && options) {
    return (
      <MultiChoice
        id={id}
        label={label}
        description={help}
        error={error}
        data={options}
        value={value ? value.split(',').map((one) => one.trim()) : []}
        onChange={(next) => onChange(next.join(','))}
        searchable
        clearable
      />
    );
  }
  if (choices) {
    return (
      <NativeSelect
        id={id}
        label={label}
        description={help}
        error={error}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: '', label: 'Not known' }, ...choices]}
      />
    );
  }
  if (def.kind === 'date')
    return (
      <DateField id={id} label={label} value={value} onChange={onChange} today={today} error={error} help={help} />
    );
  const rupees = def.unit === 'INR';
  const amount = value.replace(/[₹,\s]/g, '');
  // The amount as it will be read, so that a zero too many is seen.
  const read = rupees && moneyParts(amount) ? formatMoney(amount, { whole: !amount.includes('.') }) : null;
  return (
    <TextInput
      id={id}
      label={def.unit && !rupees ? `${label} (${def.unit})` : label}
      leftSection={rupees ? '₹' : undefined}
      description={read ?? help}
      error={error}
      value={value}
      inputMode={/number|money|decimal|integer|amount/.test(def.kind) ? 'decimal' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Takes grouping commas and the rupee sign off a typed number; other values stay as typed. */
export function cleanFact(def: FactDef, value: string): string {
  const text = value.trim();
  return /number|money|decimal|integer|amount/.test(def.kind) ? text.replace(/[₹,\s]/g, '') : text;
}
