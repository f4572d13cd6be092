// The bell in the top bar: how many notices you have not read, and the way to them. Counted with who you are, each minute.
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '@/api/queries';
import { formatCount } from '@/lib/format';
import classes from './Bell.module.css';

export function Bell() {
  // The shell loads it; a page outside the shell has no bell.
  const me = useQuery({ ...meQuery(), enabled: false }).data;
  if (!me) return null;
  const unread = me.counters.unreadNotices;
  const words = unread > 0 ? `Notices, ${formatCount(unread)} unread` : 'Notices';
  return (
    <Link to="/notices" search={{}} className={classes.bell} aria-label={words} title={words}>
      <IconBell size={18} stroke={1.6} aria-hidden="true" />
      {unread > 0 && (
        <span className={classes.count} aria-hidden="true">
          {unread > 99 ? '99+' : formatCount(unread)}
        </span>
      )}
    </Link>
  );
}
