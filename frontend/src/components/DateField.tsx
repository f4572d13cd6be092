// A date, typed the Indian way (14/10/26, 14 oct, +15d) or picked; shows the weekday it understood.
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { formatDate, formatDateWeekday, parseTypedDate } from '@/lib/format';

type Props = {
  label: string;
  /** YYYY-MM-DD, or empty. */
  value: string;
  onChange: (value: string) => void;
  today: string;
  max?: string;
  error?: string;
  help?: string;
  id?: string;
  autoFocus?: boolean;
};

export function DateField({ label, value, onChange, today, max, error, help, id, autoFocus }: Props) {
  const [text, setText] = useState(value ? formatDate(value) : '');
  const [wrong, setWrong] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (value) setText(formatDate(value));
  }, [value]);

  const read = (typed: string, final: boolean) => {
    const date = typed.trim() ? parseTypedDate(typed, today) : null;
    if (date) onChange(date);
    else if (!typed.trim() || final) onChange('');
    if (final) setWrong(typed.trim() && !date ? 'Type a date such as 14/10/2026 or 14 Oct.' : '');
  };
  return (
    <TextInput
      id={id}
      label={label}
      value={text}
      placeholder="dd mmm yyyy"
      autoComplete="off"
      data-autofocus={autoFocus || undefined}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setWrong('');
        const date = parseTypedDate(event.currentTarget.value, today);
        if (date && event.currentTarget.value.length >= 8) onChange(date);
      }}
      onBlur={(event) => {
        read(event.currentTarget.value, true);
        const date = parseTypedDate(event.currentTarget.value, today);
        if (date) setText(formatDate(date));
      }}
      error={error ?? (wrong || undefined)}
      description={error || wrong ? undefined : value ? formatDateWeekday(value) : help}
      rightSectionWidth={34}
      rightSection={
        <input
          ref={picker}
          type="date"
          aria-label={`${label}: pick from a calendar`}
          value={value}
          max={max}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            setText(event.currentTarget.value ? formatDate(event.currentTarget.value) : '');
          }}
          className="z-picker"
        />
      }
    />
  );
}
