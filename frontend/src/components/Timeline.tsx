// What happened, newest first, grouped by day: actor, sentence, time.
import { IconRobot } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { dateOf, formatDate, formatTime } from '@/lib/format';
import { Initials } from './Initials';
import classes from './Timeline.module.css';

export type TimelineEntry = { key: string; at: string; actor: string | null; text: ReactNode; comment?: boolean };

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of [...entries].sort((a, b) => b.at.localeCompare(a.at))) {
    const day = dateOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <div className={classes.line}>
      {[...days].map(([day, items]) => (
        <section key={day} aria-label={formatDate(day)}>
          <h3 className={classes.day}>{formatDate(day)}</h3>
          <ul>
            {items.map((entry) => (
              <li key={entry.key} className={classes.entry}>
                {entry.actor ? (
                  <Initials name={entry.actor} />
                ) : (
                  <span className="z-initials">
                    <IconRobot size={12} aria-hidden="true" />
                  </span>
                )}
                <span className={entry.comment ? classes.comment : classes.text}>
                  <strong className="z-strong">{entry.actor ?? 'ZippCRM'}</strong> {entry.text}
                </span>
                <time className="z-2 z-small z-nowrap num" dateTime={entry.at}>
                  {formatTime(entry.at)}
                </time>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
