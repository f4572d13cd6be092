// One day of the calendar: its filings, page by page. Arrow keys go through them.
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { filingsQuery } from '@/api/queries';
import { ErrorCard } from '@/components/ErrorCard';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatDateLong, plural, relativeDue } from '@/lib/format';
import classes from './Calendar.module.css';
import { FilingLine } from './FilingLine';
import { type CalendarSearch, dayQuery, toList } from './search';

type Props = { day: string; holiday?: string; search: CalendarSearch; today: string; onClose: () => void };

export default function DayDrawer({ day, holiday, search, today, onClose }: Props) {
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useQuery(filingsQuery(dayQuery(search, day, page)));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (!step) return;
    const links = [...event.currentTarget.querySelectorAll('a')];
    links[links.indexOf(document.activeElement as HTMLAnchorElement) + step]?.focus();
    event.preventDefault();
  };
  return (
    <Drawer opened onClose={onClose} title={formatDateLong(day)} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="z-stack">
        <div className="z-between">
          <span className="z-2">
            {[
              data?.total ? plural(data.total, 'filing') : null,
              day < today ? null : relativeDue(day, today),
              holiday ?? null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <Link to="/filings" search={toList(search, { view: 'all', due: `${day}..${day}` })} className="z-strong">
            Open as a list
          </Link>
        </div>
        {error && !data ? (
          <ErrorCard error={error} what="The day" onRetry={() => void refetch()} />
        ) : !data ? (
          <RowsSkeleton rows={6} />
        ) : data.total === 0 ? (
          <p className="z-2">Nothing is due on this day.</p>
        ) : (
          <ul className={classes.lines} onKeyDown={onKeyDown} aria-label={`Filings due ${formatDateLong(day)}`}>
            {data.items.map((filing) => (
              <li key={filing.id}>
                <FilingLine filing={filing} today={today} />
              </li>
            ))}
          </ul>
        )}
        {data && data.total > data.perPage && (
          <div className="z-between">
            <Pager page={page} perPage={data.perPage} total={data.total} onPage={setPage} />
          </div>
        )}
      </div>
    </Drawer>
  );
}
