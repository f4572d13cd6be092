// Tabs that are links: the views of a list with their counts, or the parts of a record.
import { Link } from '@tanstack/react-router';
import { formatCount } from '@/lib/format';
import classes from './Filters.module.css';

export type TabItem = {
  key: string;
  title: string;
  count?: number;
  to: string;
  search?: Record<string, unknown>;
  params?: Record<string, string>;
};

/** Tabs that are links: views of a list, or parts of a record. */
export function LinkTabs({ label, items, current }: { label: string; items: TabItem[]; current: string }) {
  return (
    <nav aria-label={label} className={classes.tabs} data-print="hide">
      {items.map((item) => (
        <Link
          key={item.key}
          to={item.to}
          params={item.params ?? {}}
          search={item.search ?? {}}
          className={classes.tab}
          data-on={item.key === current || undefined}
          aria-current={item.key === current ? 'true' : undefined}
        >
          {item.title}
          {item.count !== undefined && <span className={classes.count}>{formatCount(item.count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
