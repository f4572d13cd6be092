// The due-date filter: presets and two dates, kept as "from..to".
import { Button, Popover } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { DUE_SPANS, spanWords } from '@/lib/dueSpans';
import { addDays, formatDate, formatRange } from '@/lib/format';
import { DateField } from './DateField';
import classes from './Filters.module.css';

type Props = {
  /** What the dates are of. */
  name?: string;
  value: string | undefined;
  today: string;
  onChange: (value: string | undefined) => void;
  /** For what has happened: the last days instead of the next. */
  past?: boolean;
  /** Offers spans that move with the day, kept as a word; without it, the same as two dates. */
  moving?: boolean;
  adding?: boolean;
  onClose?: () => void;
};

export function DueFilter({
  name = 'Due',
  value,
  today,
  onChange,
  past = false,
  moving = false,
  adding = false,
  onClose,
}: Props) {
  const [opened, show] = useState(adding);
  const setOpened = (now: boolean) => {
    show(now);
    if (!now) onClose?.();
  };
  const span = spanWords(value);
  const [from = '', to = ''] = span ? [] : (value ?? '').split('..');
  const set = (a: string, b: string) => onChange(a || b ? `${a}..${b}` : undefined);
  const words =
    span ??
    (from && to
      ? from === to
        ? formatDate(from)
        : formatRange(from, to)
      : from
        ? `from ${formatDate(from)}`
        : `to ${formatDate(to)}`);
  const monthEnd = addDays(`${addDays(`${today.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      width={260}
      withRoles={false}
    >
      <Popover.Target>
        {value ? (
          <span className={classes.chip}>
            <button type="button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
              <span className={classes.name}>{name}</span>
              <span className={`${classes.value} z-clip`}>{words}</span>
            </button>
            <button
              type="button"
              className={classes.close}
              aria-label={`Remove filter ${name}`}
              onClick={() => onChange(undefined)}
            >
              <IconX size={12} aria-hidden="true" />
            </button>
          </span>
        ) : (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFilter size={14} />}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {name}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown
        role="dialog"
        aria-label={name === 'Due' ? 'Filter by due date' : `Filter by ${name.toLowerCase()}`}
      >
        <div className="z-stack">
          {moving ? (
            <div className="z-row-wrap">
              {DUE_SPANS.map(({ key, title }) => (
                <Button
                  key={key}
                  variant={value === key ? 'light' : 'default'}
                  aria-pressed={value === key}
                  onClick={() => onChange(value === key ? undefined : key)}
                >
                  {title}
                </Button>
              ))}
            </div>
          ) : (
            <div className="z-row-wrap">
              {past ? (
                <Button variant="default" onClick={() => set(addDays(today, -6), today)}>
                  Last 7 days
                </Button>
              ) : (
                <Button variant="default" onClick={() => set(today, addDays(today, 30))}>
                  Next 30 days
                </Button>
              )}
              <Button variant="default" onClick={() => set(`${today.slice(0, 7)}-01`, monthEnd)}>
                This month
              </Button>
            </div>
          )}
          <DateField label="From" value={from} today={today} onChange={(date) => set(date, to)} />
          <DateField label="To" value={to} today={today} onChange={(date) => set(from, date)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
