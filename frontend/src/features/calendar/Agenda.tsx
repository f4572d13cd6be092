// Day by day from today: what is past due first, then each day with its filings. More days come on request.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { filingPagesQuery, filingsQuery } from '@/api/queries';
import type { Filing } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import { ChecklistCell, DueCell, DueWords, dueOf, None } from '@/components/Cells';
import { ErrorCard } from '@/components/ErrorCard';
import { Initials } from '@/components/Initials';
import { RegulatorTag } from '@/components/RegulatorTag';
import { RowsSkeleton } from '@/components/Skeletons';
import { StatusBadge } from '@/components/StatusBadge';
import { formatCount, formatDate, formatDateLong, plural, relativeDue, shortClientName } from '@/lib/format';
import classes from './Calendar.module.css';
import type { ViewProps } from './CalendarPage';
import { FilingLine } from './FilingLine';
import { MonthNav } from './MonthNav';
import { agendaStart, filtersOf, toList } from './search';

const LATE_SHOWN = 10;
const PAGE = 100;
const COLUMNS = ['Return', 'Client', 'Period', 'Due', 'Status', 'Checklist', 'Assignee'];

type Group = { key: string; title: string; note?: string; late?: boolean; rows: Filing[] };

export default function Agenda({ search, today, change }: ViewProps) {
  const me = useMe();
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const box = useRef<HTMLDivElement>(null);
  const now = today.slice(0, 7);
  const start = agendaStart(search, today);
  const filters = filtersOf(search);
  const late = useQuery({
    ...filingsQuery({ ...filters, view: 'pastDue', sort: 'dueOn', page: 1, perPage: LATE_SHOWN }),
    enabled: start === today,
  });
  const days = useInfiniteQuery(
    filingPagesQuery({ ...filters, view: 'all', dueFrom: start, sort: 'dueOn,clientName', perPage: PAGE }),
  );
  const move = (step: number) => {
    const links = [...(box.current?.querySelectorAll<HTMLElement>('a[data-row], li > a') ?? [])];
    const next = links[links.indexOf(document.activeElement as HTMLElement) + step] ?? links[0];
    next?.focus();
    next?.scrollIntoView?.({ block: 'nearest' });
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) }, keysOn(me));

  const rows = days.data?.pages.flatMap((page) => page.items) ?? [];
  const total = days.data?.pages[0]?.total ?? 0;
  const groups: Group[] = [];
  if (start === today && late.data?.total) {
    groups.push({
      key: 'late',
      title: 'Past due',
      note: formatCount(late.data.total),
      late: true,
      rows: late.data.items,
    });
  }
  for (const filing of rows) {
    const day = dueOf(filing) ?? start;
    const last = groups[groups.length - 1];
    if (last?.key === day) last.rows.push(filing);
    else
      groups.push({
        key: day,
        title: formatDateLong(day),
        note: day < today ? undefined : relativeDue(day, today),
        rows: [filing],
      });
  }
  const error = days.error ?? late.error;
  return (
    <div className={classes.view} ref={box}>
      <MonthNav
        month={start.slice(0, 7)}
        now={now}
        onMonth={(to) => change({ month: to === now ? undefined : to, day: undefined })}
      >
        from {formatDate(start)}, {plural(total, 'filing')}
      </MonthNav>
      {error && rows.length === 0 ? (
        <ErrorCard error={error} what="The agenda" onRetry={() => void days.refetch()} />
      ) : days.isPending ? (
        <RowsSkeleton rows={12} />
      ) : groups.length === 0 ? (
        <p className="z-2">Nothing is due from {formatDate(start)} on.</p>
      ) : narrow ? (
        groups.map((group) => (
          <section key={group.key} aria-label={group.title}>
            <h3 className={classes.stickyHead}>
              <GroupTitle group={group} />
            </h3>
            <ul className={classes.lines}>
              {group.rows.map((filing) => (
                <li key={filing.id}>
                  <FilingLine filing={filing} today={today} dated={group.late} />
                </li>
              ))}
            </ul>
            {group.late && <AllLate search={search} total={late.data?.total ?? 0} />}
          </section>
        ))
      ) : (
        <table className={classes.agenda}>
          <caption className="z-hide">Filings by day from {formatDate(start)}</caption>
          <colgroup>
            {COLUMNS.map((head) => (
              <col key={head} />
            ))}
          </colgroup>
          <thead className="z-hide">
            <tr>
              {COLUMNS.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.key}>
              <tr>
                <th scope="rowgroup" colSpan={7} className={classes.stickyHead}>
                  <GroupTitle group={group} />
                </th>
              </tr>
              {group.rows.map((filing) => (
                <AgendaRow key={filing.id} filing={filing} today={today} late={group.late} />
              ))}
              {group.late && (late.data?.total ?? 0) > LATE_SHOWN && (
                <tr>
                  <td colSpan={7}>
                    <AllLate search={search} total={late.data?.total ?? 0} />
                  </td>
                </tr>
              )}
            </tbody>
          ))}
        </table>
      )}
      {days.hasNextPage && (
        <div data-print="hide">
          <Button variant="default" loading={days.isFetchingNextPage} onClick={() => void days.fetchNextPage()}>
            Show {formatCount(Math.min(PAGE, total - rows.length))} more of {formatCount(total - rows.length)}
          </Button>
        </div>
      )}
    </div>
  );
}

function GroupTitle({ group }: { group: Group }) {
  return (
    <>
      <span className={group.late ? 'z-late' : undefined}>{group.title}</span>{' '}
      {group.note && <span className="z-2">{group.note}</span>}
    </>
  );
}

function AllLate({ search, total }: { search: ViewProps['search']; total: number }) {
  if (total <= LATE_SHOWN) return null;
  return (
    <Link to="/filings" search={toList(search, { view: 'pastDue' })} className={`z-strong ${classes.allLate}`}>
      All {formatCount(total)} past due
    </Link>
  );
}

function AgendaRow({ filing, today, late }: { filing: Filing; today: string; late?: boolean }) {
  return (
    <tr>
      <td>
        <span className="z-row">
          <RegulatorTag tag={filing.regulator} />
          <Link
            to="/filings/$filingId"
            params={{ filingId: String(filing.id) }}
            className="z-clip z-ink"
            title={filing.title}
            data-row=""
          >
            <span className="z-strong">{filing.code}</span> <span className="z-2">{filing.title}</span>
          </Link>
        </span>
      </td>
      <td className="z-clip" title={filing.clientName}>
        {shortClientName(filing.clientName)}
      </td>
      <td className="z-2 z-clip" title={filing.periodLabel}>
        {filing.periodLabel}
      </td>
      <td>
        {late || !filing.legalDueOn ? (
          <DueCell filing={filing} today={today} compact />
        ) : (
          <DueWords filing={filing} today={today} />
        )}
      </td>
      <td>
        <StatusBadge status={filing.status} />
      </td>
      <td>
        <ChecklistCell done={filing.checklistDone} total={filing.checklistTotal} />
      </td>
      <td>{filing.assignee ? <Initials name={filing.assignee.displayName} quiet={false} /> : <None />}</td>
    </tr>
  );
}
