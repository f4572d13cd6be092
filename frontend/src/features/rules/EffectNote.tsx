// What a change would do to filings, in sentences, before it is made.
import { IconArrowRight } from '@tabler/icons-react';
import type { Effect } from '@/api/types';
import { formatDate, plural } from '@/lib/format';
import classes from './Rule.module.css';

/** The sentences; none when no filing changes. */
export function effectLines(effect: Effect): string[] {
  const least = effect.exact ? '' : 'at least ';
  const line = (count: number, words: string) =>
    count > 0 ? [`${least}${plural(count, 'open filing')} ${words}`] : [];
  const first = effect.firstDates[0];
  return [
    ...(effect.planned > 0
      ? [
          `${least}${plural(effect.planned, 'filing')} would be planned${first ? `, the first due ${formatDate(first)}` : ''}`,
        ]
      : []),
    ...line(effect.withdrawn, 'would come off the plan'),
    ...line(effect.targets, 'would get another internal target'),
    ...line(effect.checklists, 'would get another checklist'),
    ...line(effect.breached, 'would count as breached'),
    ...line(effect.noLongerBreached, 'would no longer count as breached'),
  ];
}

type Props = { effect: Effect | undefined; busy: boolean; waiting: string };

export function EffectNote({ effect, busy, waiting }: Props) {
  const lines = effect ? effectLines(effect) : [];
  return (
    <section className="z-card" aria-label="What it changes" aria-live="polite" aria-busy={busy}>
      <header>
        <h2>What it changes</h2>
      </header>
      <div className="z-card-body z-stack">
        {!effect ? (
          <p className={`z-2 ${classes.plain}`}>{busy ? 'Working it out' : waiting}</p>
        ) : lines.length === 0 ? (
          <p className={classes.plain}>No filing changes.</p>
        ) : (
          <ul className={classes.effects}>
            {lines.map((text) => (
              <li key={text}>
                <IconArrowRight size={14} aria-hidden="true" />
                <span>
                  {text.charAt(0).toUpperCase()}
                  {text.slice(1)}.
                </span>
              </li>
            ))}
            {effect.clients > 0 && <li className="z-2">{plural(effect.clients, 'client')} in all.</li>}
          </ul>
        )}
        <p className={`z-2 z-small ${classes.plain}`}>Filed ones stay as they are, and no date in law moves.</p>
      </div>
    </section>
  );
}
