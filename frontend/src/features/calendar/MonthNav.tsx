// The month in view, with the way to the one before, the one after, and back to now.
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatMonth } from '@/lib/format';
import { shiftMonth } from '@/lib/months';
import classes from './Calendar.module.css';

type Props = { month: string; now: string; onMonth: (month: string) => void; children?: ReactNode };

export function MonthNav({ month, now, onMonth, children }: Props) {
  return (
    <div className={classes.nav}>
      <h2 aria-live="polite">{formatMonth(month)}</h2>
      <span className="z-row" data-print="hide">
        <ActionIcon
          aria-label={`Previous month, ${formatMonth(shiftMonth(month, -1))}`}
          onClick={() => onMonth(shiftMonth(month, -1))}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon
          aria-label={`Next month, ${formatMonth(shiftMonth(month, 1))}`}
          onClick={() => onMonth(shiftMonth(month, 1))}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
        <Button variant="default" disabled={month === now} onClick={() => onMonth(now)}>
          This month
        </Button>
      </span>
      {children && <span className={classes.sum}>{children}</span>}
    </div>
  );
}
