// The bell in the top bar: how many notices you have not read, and the newest of them when pressed. Counted with who you are, each minute.
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, lazy, Suspense, useState } from 'react';
import { meQuery } from '@/api/queries';
import { formatCount } from '@/lib/format';
import classes from './Bell.module.css';

const BellPanel = lazy(() => import('./BellPanel'));

/** The button alone: also what the panel hangs on. */
export function BellButton(props: ComponentProps<'button'>) {
  // The shell loads it; a page outside the shell has no bell.
  const me = useQuery({ ...meQuery(), enabled: false }).data;
  if (!me) return null;
  const unread = me.counters.unreadNotices;
  const words = unread > 0 ? `Notices, ${formatCount(unread)} unread` : 'Notices';
  return (
    <button
      type="button"
      aria-label={words}
      title={words}
      aria-haspopup="dialog"
      aria-expanded={false}
      {...props}
      // A popover hands its target an empty class.
      className={classes.bell}
    >
      <IconBell size={18} stroke={1.6} aria-hidden="true" />
      {unread > 0 && (
        <span className={classes.count} aria-hidden="true">
          {unread > 99 ? '99+' : formatCount(unread)}
        </span>
      )}
    </button>
  );
}

/** The button until it is pressed, then the button with its panel. */
export function Bell() {
  const [wanted, setWanted] = useState(false);
  if (!wanted) return <BellButton onClick={() => setWanted(true)} />;
  return (
    <Suspense fallback={<BellButton />}>
      <BellPanel />
    </Suspense>
  );
}
