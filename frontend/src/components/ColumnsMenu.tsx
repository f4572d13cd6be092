// Which columns a list shows, in which order, and how tall its rows are; the choice is part of the URL.
import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';

type Column = { id: string; title: string };
type Props = {
  columns: Column[];
  hidden: string[];
  /** The person's order; columns not named keep their place at the end. */
  order?: string[];
  rowHeight?: string;
  onChange: (part: { hide?: string[]; cols?: string[]; rows?: string }) => void;
};

/** Columns as the table shows them. */
function arranged(columns: Column[], order: string[]): Column[] {
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...columns].sort((a, b) => place(a.id) - place(b.id));
}

export function ColumnsMenu({ columns, hidden, order = [], rowHeight, onChange }: Props) {
  const [find, setFind] = useState('');
  const all = arranged(columns, order);
  const shown = all.filter((column) => column.title.toLowerCase().includes(find.trim().toLowerCase()));
  // "nothing hidden" must differ from "not chosen": the word keeps it in the address.
  const hide = (next: string[]) => onChange({ hide: next.length ? next : ['-'] });
  const move = (id: string, by: 1 | -1) => {
    const ids = all.map((column) => column.id);
    const at = ids.indexOf(id);
    const other = ids[at + by];
    if (other === undefined) return;
    ids[at] = other;
    ids[at + by] = id;
    onChange({ cols: ids });
  };
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={280}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} />} visibleFrom="sm">
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <div className="z-stack">
          <TextInput
            size="xs"
            aria-label="Find a column"
            placeholder="Find a column"
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
          {shown.map((column) => (
            <div key={column.id} className="z-row" style={{ gap: 4 }}>
              <Checkbox
                className="z-grow"
                label={column.title}
                checked={!hidden.includes(column.id)}
                onChange={(event) =>
                  hide(
                    event.currentTarget.checked
                      ? hidden.filter((id) => id !== column.id)
                      : [...hidden.filter((id) => id !== '-'), column.id],
                  )
                }
              />
              <ActionIcon
                size={24}
                aria-label={`Move ${column.title} to the left`}
                disabled={all[0]?.id === column.id}
                onClick={() => move(column.id, -1)}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={24}
                aria-label={`Move ${column.title} to the right`}
                disabled={all[all.length - 1]?.id === column.id}
                onClick={() => move(column.id, 1)}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </div>
          ))}
          {shown.length === 0 && <span className="z-2">No column by that name.</span>}
          <SegmentedControl
            size="xs"
            aria-label="Row height"
            value={rowHeight ?? 'normal'}
            onChange={(rows) => onChange({ rows: rows === 'normal' ? undefined : rows })}
            data={[
              { value: 'compact', label: 'Compact' },
              { value: 'normal', label: 'Normal' },
              { value: 'tall', label: 'Tall' },
            ]}
          />
          <Button
            variant="subtle"
            color="gray"
            onClick={() => onChange({ hide: undefined, cols: undefined, rows: undefined })}
          >
            Reset
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
