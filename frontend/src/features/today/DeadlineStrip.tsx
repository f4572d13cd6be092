// One column a day, one block a filing: hollow is due, filled is its state. A day opens that day's list.
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import type { Today } from '@/api/types';
import { formatCount, formatDate, formatRange, plural } from '@/lib/format';
import classes from './TodayPage.module.css';

type Day = Today['days'][number];
const KINDS = ['filed', 'pastDue', 'dueSoon', 'due'] as const;
const WORDS = { filed: 'filed', pastDue: 'past due', dueSoon: 'due soon', due: 'due' };
const MOST = 8;

export function DeadlineStrip({ days, today, mine }: { days: Day[]; today: string; mine: boolean }) {
  const chart = useRef<HTMLUListElement>(null);
  const first = days[0];
  const last = days[days.length - 1];
  if (!first || !last) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    const links = [...(chart.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[at + step]?.focus();
    event.preventDefault();
  };
  return (
    <section className="z-card" aria-labelledby="deadlines">
      <header>
        <h2 id="deadlines">Deadlines</h2>
        <span className="z-2">{formatRange(first.date, last.date)}</span>
        <span className={classes.legend}>
          {KINDS.map((kind) => (
            <span key={kind}>
              <i className={classes.block} data-kind={kind} aria-hidden="true" />
              {WORDS[kind].charAt(0).toUpperCase() + WORDS[kind].slice(1)}
            </span>
          ))}
        </span>
      </header>
      <div className={classes.days}>
        <ul className={classes.chart} ref={chart} onKeyDown={onKeyDown} aria-label="Filings by due day">
          {days.map((day) => (
            <DayColumn key={day.date} day={day} today={today} mine={mine} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function DayColumn({ day, today, mine }: { day: Day; today: string; mine: boolean }) {
  const counts = KINDS.map((kind) => [kind, day[kind]] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const off = day.holiday || /^(sun|7$)/i.test(day.weekday);
  const blocks = scale(counts, total);
  const words = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${formatCount(count)} ${WORDS[kind]}`);
  const label = `${formatDate(day.date)}: ${words.length ? words.join(', ') : 'no filings'}${day.holiday ? `, ${day.holiday}` : ''}`;
  const number = Number(day.date.slice(8));
  return (
    <li className={`${classes.day} ${off ? 'z-offday' : ''}`} data-today={day.date === today || undefined}>
      <Link
        to="/filings"
        search={{ view: 'all', due: `${day.date}..${day.date}`, ...(mine ? { assigneeId: ['me'] } : {}) }}
        className={classes.dayLink}
        aria-label={label}
        title={`${label}. ${plural(total, 'filing')}`}
        tabIndex={day.date === today ? 0 : -1}
      >
        {total > MOST && <span className={classes.total}>{formatCount(total)}</span>}
        {blocks.map((kind, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity of their own
          <i key={index} className={classes.block} data-kind={kind} />
        ))}
      </Link>
      <span className={classes.date} aria-hidden="true">
        {number === 1 ? formatDate(day.date, { year: false }).replace(/^0/, '') : number}
      </span>
      <span className={classes.week} aria-hidden="true" title={day.holiday ?? undefined}>
        {day.holiday ? 'Hol' : day.weekday.slice(0, 1)}
      </span>
    </li>
  );
}

/** At most ten blocks, in true proportion, top to bottom as drawn: filed on top, then the rest. */
function scale(counts: readonly (readonly [(typeof KINDS)[number], number])[], total: number) {
  const most = 10;
  const factor = total > most ? most / total : 1;
  return counts.flatMap(([kind, count]) =>
    Array.from({ length: count ? Math.max(1, Math.round(count * factor)) : 0 }, () => kind),
  );
}
