// Tabs that are links: the views of a list with their counts, or the parts of a record.
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import { formatCount } from '@/lib/format';
import classes from './Filters.module.css';

export type TabItem = {
  key: string;
  title: string;
  count?: number;
  /** A count that stopped at this number is shown as more than one less. */
  capped?: number;
  to: string;
  search?: Record<string, unknown>;
  params?: Record<string, string>;
};

type Props = { label: string; items: TabItem[]; current: string; right?: ReactNode };

/** Tabs that are links: views of a list, or parts of a record. */
export function LinkTabs({ label, items, current, right }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  // 1 to 9 open the tabs in their order.
  const keys = items
    .slice(0, 9)
    .map((item, index) => [
      String(index + 1),
      () => void navigate({ to: item.to, params: item.params ?? {}, search: item.search ?? {} }),
    ]);
  useHotkeys(Object.fromEntries(keys), keysOn(me));
  const row = useRef<HTMLElement>(null);
  // On a phone the row scrolls sideways: the tab of this page has to be seen. Nothing moves where it is seen already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab is found again whenever it is another one
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[data-on]');
    if (!row.current || !tab) return;
    const [shown, wanted] = [row.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (wanted.right > shown.right) row.current.scrollLeft += wanted.right - shown.right;
    else if (wanted.left < shown.left) row.current.scrollLeft -= shown.left - wanted.left;
  }, [current]);
  return (
    <nav ref={row} aria-label={label} className={classes.tabs} data-print="hide">
      {items.map((item, index) => (
        <Link
          key={item.key}
          to={item.to}
          params={item.params ?? {}}
          search={item.search ?? {}}
          className={classes.tab}
          title={index < 9 ? `${item.title} (${index + 1})` : item.title}
          data-on={item.key === current || undefined}
          aria-current={item.key === current ? 'true' : undefined}
        >
          {item.title}
          {item.count !== undefined && <span className={classes.count}>{countWords(item.count, item.capped)}</span>}
        </Link>
      ))}
      {right}
    </nav>
  );
}

function countWords(count: number, capped: number | undefined): string {
  return capped !== undefined && count >= capped ? `${formatCount(capped - 1)}+` : formatCount(count);
}
