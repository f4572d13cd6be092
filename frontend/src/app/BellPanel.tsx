// What you have not read, under the bell: the newest few by day, a link each, mark all read. Loaded when it is first wanted.
import { Button, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { newestNoticesQuery } from '@/api/queries';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { RowsSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { byDay } from '@/features/notices/days';
import { noticeLook } from '@/features/notices/look';
import { useReadNotices } from '@/features/notices/useReadNotices';
import { formatCount, formatDate } from '@/lib/format';
import { BellButton } from './Bell';
import classes from './Bell.module.css';
import { useMe } from './me';

const MOVES: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

export default function BellPanel() {
  const [opened, setOpened] = useState(true);
  const bell = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const change = (open: boolean) => {
    setOpened(open);
    // The button that was pressed first gave way to ours, so nobody else remembers where focus came from.
    if (!open) bell.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = MOVES[event.key];
    if (!step) return;
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
    // The page below moves by the same keys.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popover
      opened={opened}
      onChange={change}
      position="bottom-end"
      width={400}
      trapFocus
      shadow="md"
      middlewares={{ shift: { padding: 8 }, size: { padding: 8 } }}
    >
      <Popover.Target>
        <BellButton ref={bell} aria-expanded={opened} onClick={() => change(!opened)} />
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.panel} onKeyDown={onKeyDown}>
        <Newest list={list} onClose={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Newest({ list, onClose }: { list: RefObject<HTMLDivElement | null>; onClose: () => void }) {
  const { today } = useMe();
  const read = useReadNotices();
  const { data, error, refetch } = useQuery(newestNoticesQuery());
  return (
    <>
      <header className={classes.head}>
        <h2 tabIndex={-1} data-autofocus>
          Notices
        </h2>
        {data && <span className="z-2 num">{formatCount(data.unread)} unread</span>}
        {!!data?.unread && (
          <Button
            size="compact-xs"
            variant="subtle"
            ml="auto"
            loading={read.isPending}
            onClick={() => read.mutate({ all: true })}
          >
            Mark all read
          </Button>
        )}
      </header>
      <div className={classes.list} ref={list}>
        {error && !data ? (
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        ) : !data ? (
          <RowsSkeleton rows={4} />
        ) : data.items.length === 0 ? (
          <EmptyNote icon={IconBell} text="Nothing unread." />
        ) : (
          byDay(data.items).map(([day, items]) => (
            <section key={day} aria-label={formatDate(day)}>
              <h3 className={classes.day}>{day === today ? 'Today' : formatDate(day)}</h3>
              <ul>
                {items.map((one) => {
                  const inside = (
                    <>
                      <StateBadge look={noticeLook(one.severity, one.rung)} />
                      <span>
                        {one.text}
                        {one.filing && <span className="z-2"> {one.filing.clientName}</span>}
                      </span>
                    </>
                  );
                  return (
                    <li key={one.id}>
                      {one.filing ? (
                        <Link
                          to="/filings/$filingId"
                          params={{ filingId: String(one.filing.id) }}
                          className={classes.item}
                          onClick={() => {
                            read.mutate({ ids: [one.id] });
                            onClose();
                          }}
                        >
                          {inside}
                        </Link>
                      ) : (
                        <div className={classes.item}>{inside}</div>
                      )}
                    </li>
                  );
                })}
              </ul>
            </section>
          ))
        )}
      </div>
      <footer className={classes.foot}>
        <Link to="/notices" search={{}} onClick={onClose}>
          All notices
        </Link>
        {data && data.unread > data.items.length && (
          <span className="z-2">{formatCount(data.unread - data.items.length)} more unread</span>
        )}
      </footer>
    </>
  );
}
