// The foot of a list with selected events: how many, what can be done, and a way out.
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import classes from '@/components/SelectionBar.module.css';
import { formatCount } from '@/lib/format';

export function SelectedBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const me = useMe();
  useHotkeys({ Escape: onClear }, keysOn(me));
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected events" data-print="hide">
      <span className={`${classes.count} num`} role="status">
        {formatCount(count)} selected
      </span>
      {children}
      <button type="button" aria-label="Clear the selection" title="Clear the selection (Esc)" onClick={onClear}>
        <IconX size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
