// Quick search on "/" and filter chips whose value opens to edit.
import { Button, Checkbox, Kbd, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useHotkeys } from '@/app/hotkeys';
import classes from './Filters.module.css';

/** The row below the tabs. */
export function FilterRow({ children, right }: { children: ReactNode; right?: ReactNode }) {
  return (
    <search className={classes.row} data-print="hide">
      {children}
      {right && <div className={classes.right}>{right}</div>}
    </search>
  );
}

/** Quick search: "/" focuses it, Esc clears and leaves, the list follows after 200 ms. */
export function QuickFilter({
  value,
  onChange,
  placeholder,
  keys,
}: {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  keys: boolean;
}) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const push = useDebouncedCallback(onChange, 200);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  useHotkeys({ '/': () => input.current?.focus() }, keys);
  return (
    <TextInput
      ref={input}
      size="xs"
      w={210}
      aria-label={placeholder}
      placeholder={placeholder}
      value={text}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={keys && !text ? <Kbd>/</Kbd> : null}
      onChange={(event) => {
        setText(event.currentTarget.value);
        push(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          setText('');
          onChange('');
          event.currentTarget.blur();
        }
        if (event.key === 'Enter') onChange(event.currentTarget.value);
      }}
    />
  );
}

type ChoiceProps = {
  name: string;
  options: { value: string; label: string }[];
  values: string[];
  onChange: (values: string[]) => void;
  onOpen?: () => void;
  /** Chosen under "Add filter": opens at once, and is told when it closes. */
  adding?: boolean;
  onClose?: () => void;
};

/** A filter over a set of choices: a quiet button when empty, a chip when set. */
export function ChoiceFilter({ name, options, values, onChange, onOpen, adding = false, onClose }: ChoiceProps) {
  const [opened, setOpened] = useState(adding);
  const [find, setFind] = useState('');
  const toggle = (now: boolean) => {
    setOpened(now);
    setFind('');
    if (now) onOpen?.();
    else onClose?.();
  };
  const names = values.map((value) => options.find((option) => option.value === value)?.label ?? value);
  const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} +${names.length - 3}` : names.join(', ');
  const matches = options.filter((option) => option.label.toLowerCase().includes(find.toLowerCase()));
  const target =
    values.length === 0 ? (
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconFilter size={14} />}
        onClick={() => toggle(!opened)}
        aria-expanded={opened}
      >
        {name}
      </Button>
    ) : (
      <span className={classes.chip}>
        <button type="button" onClick={() => toggle(!opened)} aria-expanded={opened}>
          <span className={classes.name}>{name}</span>
          <span className={`${classes.value} z-clip`}>{shown}</span>
        </button>
        <button
          type="button"
          className={classes.close}
          aria-label={`Remove filter ${name}`}
          onClick={() => onChange([])}
        >
          <IconX size={12} aria-hidden="true" />
        </button>
      </span>
    );
  return (
    <Popover
      opened={opened}
      onChange={toggle}
      position="bottom-start"
      trapFocus
      returnFocus
      width={240}
      withRoles={false}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={`Filter by ${name.toLowerCase()}`}>
        <div className="z-stack">
          {options.length > 8 && (
            <TextInput
              size="xs"
              aria-label={`Find in ${name.toLowerCase()}`}
              placeholder="Find"
              value={find}
              onChange={(event) => setFind(event.currentTarget.value)}
            />
          )}
          <div className="z-stack" style={{ maxHeight: 260, overflowY: 'auto', padding: 2 }}>
            {matches.map((option) => (
              <Checkbox
                key={option.value}
                label={option.label}
                checked={values.includes(option.value)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked
                      ? [...values, option.value]
                      : values.filter((value) => value !== option.value),
                  )
                }
              />
            ))}
            {matches.length === 0 && <span className="z-2">Nothing by that name.</span>}
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
