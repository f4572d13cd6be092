// One month: up to four groups a day, the worst first; a day opens as a drawer. A grid of weeks, or on a phone a list of days.
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { calendarQuery } from '@/api/queries';
import type { CalendarDay } from '@/api/types';
import { ErrorCard } from '@/components/ErrorCard';
import { INTERNAL, regulatorWords } from '@/components/RegulatorTag';
import { addDays, formatCount, formatDateLong, formatMonth, plural, WEEK_HEADS, weekday } from '@/lib/format';
import { monthRange, monthWeeks, sameDay } from '@/lib/months';
import { filingLook } from '@/lib/status';
import classes from './Calendar.module.css';
import type { ViewProps } from './CalendarPage';
import { MonthNav } from './MonthNav';
import { filtersOf } from './search';

const DayDrawer = lazy(() => import('./DayDrawer'));

export default function MonthView({ search, today, change }: ViewProps) {
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const now = today.slice(0, 7);
  const month = search.month ?? now;
  const weeks = monthWeeks(month);
  const days = weeks.flat();
  const range = { from: days[0], to: days[days.length - 1] };
  const { data, error, isPending, refetch } = useQuery(calendarQuery({ ...range, ...filtersOf(search) }));
  const byDate = new Map((data?.days ?? []).map((day) => [day.date, day]));
  const inside = (data?.days ?? []).filter((day) => day.date.startsWith(month));
  const sum = (of: (day: CalendarDay) => number) => inside.reduce((all, day) => all + of(day), 0);
  const [due, late] = [sum((day) => day.total), sum((day) => day.pastDue)];
  const onMonth = (to: string) => change({ month: to === now ? undefined : to, day: undefined });
  const open = (day: string) => change({ day });
  const grid = { month, weeks, today, byDate, onMonth, open, busy: isPending };
  return (
    <div className={classes.view}>
      <MonthNav month={month} now={now} onMonth={onMonth}>
        {data && (
          <>
            {plural(due, 'filing')} due
            {late > 0 && <span className="z-late">, {late === due ? 'all' : formatCount(late)} past due</span>}
          </>
        )}
      </MonthNav>
      {error && !data ? (
        <ErrorCard error={error} what="The month" onRetry={() => void refetch()} />
      ) : narrow ? (
        <DayList {...grid} />
      ) : (
        <MonthGrid {...grid} />
      )}
      {search.day && (
        <Suspense fallback={null}>
          <DayDrawer
            day={search.day}
            holiday={byDate.get(search.day)?.holiday ?? undefined}
            search={search}
            today={today}
            onClose={() => change({ day: undefined })}
          />
        </Suspense>
      )}
    </div>
  );
}

type GridProps = {
  month: string;
  weeks: string[][];
  today: string;
  byDate: Map<string, CalendarDay>;
  onMonth: (month: string) => void;
  open: (day: string) => void;
  busy: boolean;
};

/** What a screen reader says of a day. */
function dayLabel(date: string, day: CalendarDay | undefined, today: string): string {
  const words = [formatDateLong(date)];
  if (date === today) words.push('today');
  if (day?.holiday) words.push(`holiday: ${day.holiday}`);
  if (!day?.total) return [...words, 'nothing due'].join(', ');
  words.push(`${plural(day.total, 'filing')} due`);
  if (day.pastDue) words.push(`${day.pastDue} past due`);
  for (const group of day.groups) {
    words.push(
      `${regulatorWords(group.regulator)} ${group.code} ${group.count}, ${filingLook(group.status).label.toLowerCase()}`,
    );
  }
  return words.join(', ');
}

/** Arrow keys go through the days, Home and End through the week, Page Up and Page Down through the months. */
function MonthGrid({ month, weeks, today, byDate, onMonth, open, busy }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const start = today.startsWith(month) ? today : monthRange(month).from;
  const [at, setAt] = useState(start);
  const current = weeks.flat().includes(at) ? at : start;

  useEffect(() => {
    // Until the month has followed, the day is not on the page.
    if (!moved.current || current !== at) return;
    moved.current = false;
    table.current?.querySelector<HTMLElement>(`[data-day="${current}"]`)?.focus();
  }, [current, at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const day = (event.target as HTMLElement).dataset.day;
    if (!day || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, () => string> = {
      ArrowRight: () => addDays(day, 1),
      ArrowLeft: () => addDays(day, -1),
      ArrowDown: () => addDays(day, 7),
      ArrowUp: () => addDays(day, -7),
      Home: () => addDays(day, -weekday(day)),
      End: () => addDays(day, 6 - weekday(day)),
      PageDown: () => sameDay(day, 1),
      PageUp: () => sameDay(day, -1),
    };
    const to = moves[event.key]?.();
    if (!to) return;
    event.preventDefault();
    moved.current = true;
    setAt(to);
    if (to.slice(0, 7) !== month) onMonth(to.slice(0, 7));
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is a table with its own keys
    <table className={classes.grid} role="grid" aria-label={formatMonth(month)} aria-busy={busy} ref={table}>
      <thead>
        <tr>
          {WEEK_HEADS.map((head) => (
            <th key={head.long} scope="col" abbr={head.long}>
              {head.short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => {
              const day = byDate.get(date);
              return (
                <td
                  key={date}
                  className={day?.holiday || weekday(date) === 6 ? 'z-offday' : undefined}
                  data-out={!date.startsWith(month) || undefined}
                >
                  <button
                    type="button"
                    className={classes.day}
                    data-day={date}
                    data-today={date === today || undefined}
                    aria-current={date === today ? 'date' : undefined}
                    aria-label={dayLabel(date, day, today)}
                    tabIndex={date === current ? 0 : -1}
                    onFocus={() => setAt(date)}
                    onClick={() => open(date)}
                  >
                    <DayHead date={date} day={day} />
                    <Groups day={day} />
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayHead({ date, day }: { date: string; day: CalendarDay | undefined }) {
  return (
    <span className={classes.dayHead}>
      <span className={classes.number}>{Number(date.slice(8))}</span>
      {day?.holiday && (
        <span className="z-clip z-2" title={day.holiday}>
          {day.holiday}
        </span>
      )}
    </span>
  );
}

/** Shape, regulator, return and how many; what does not fit is a number. */
function Groups({ day }: { day: CalendarDay | undefined }) {
  if (!day) return null;
  const more = day.total - day.groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <>
      {day.groups.map((group) => {
        const look = filingLook(group.status);
        return (
          <span
            key={`${group.regulator}${group.code}${group.status}`}
            className={classes.group}
            data-tone={look.tone}
            title={`${regulatorWords(group.regulator)} ${group.code}: ${look.label}`}
          >
            <look.icon size={13} aria-hidden="true" />
            <span className="z-2">{group.regulator === INTERNAL ? 'Internal' : group.regulator}</span>
            <span className="z-clip z-strong">{shortCode(group.regulator, group.code)}</span>
            {group.count > 1 && <span className={classes.times}>×{group.count}</span>}
          </span>
        );
      })}
      {more > 0 && <span className={classes.more}>+{more} more</span>}
    </>
  );
}

/** "MCA-AOC4" beside its regulator is "AOC4". */
function shortCode(regulator: string, code: string): string {
  if (regulator === INTERNAL) return code.replace(/^INT-/, '');
  return code.startsWith(`${regulator}-`) ? code.slice(regulator.length + 1) : code;
}

/** The days of the month on which something is due, and today. */
function DayList({ month, weeks, today, byDate, open }: GridProps) {
  const days = weeks.flat().filter((date) => {
    const day = byDate.get(date);
    return date.startsWith(month) && (date === today || day?.holiday || (day?.total ?? 0) > 0);
  });
  if (days.length === 0) return <p className="z-2">Nothing is due in {formatMonth(month)}.</p>;
  return (
    <ul className={classes.list} aria-label={`Days of ${formatMonth(month)}`}>
      {days.map((date) => {
        const day = byDate.get(date);
        return (
          <li key={date} className={day?.holiday || weekday(date) === 6 ? 'z-offday' : undefined}>
            <button
              type="button"
              className={classes.listDay}
              data-today={date === today || undefined}
              aria-current={date === today ? 'date' : undefined}
              aria-label={dayLabel(date, day, today)}
              onClick={() => open(date)}
            >
              <span className={classes.listDate}>
                <span className={classes.number}>{Number(date.slice(8))}</span>
                <span className="z-2">{WEEK_HEADS[weekday(date)]?.short}</span>
              </span>
              <span className={classes.listGroups}>
                {day?.holiday && <span className="z-2">{day.holiday}</span>}
                <Groups day={day} />
                {!day?.total && !day?.holiday && <span className="z-2">Nothing due today</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
