// Which columns a list shows; the choice is part of the URL.
import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';

type Props = { columns: { id: string; title: string }[]; hidden: string[]; onChange: (hidden: string[]) => void };

export function ColumnsMenu({ columns, hidden, onChange }: Props) {
  // "nothing hidden" must differ from "not chosen": the word keeps it in the address.
  const set = (next: string[]) => onChange(next.length ? next : ['-']);
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} />} visibleFrom="sm">
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <div className="z-stack">
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              label={column.title}
              checked={!hidden.includes(column.id)}
              onChange={(event) =>
                set(
                  event.currentTarget.checked
                    ? hidden.filter((id) => id !== column.id)
                    : [...hidden.filter((id) => id !== '-'), column.id],
                )
              }
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
