// Who holds the filing, and where the days went: one bar with words, and the way to hand it over.

import { useState } from 'react';
import type { FilingDetail } from '@/api/types';
import { useCan } from '@/app/me';
import { WriteButton } from '@/components/WriteButton';
import { formatDate, formatInstant, plural } from '@/lib/format';
import { HeldBar } from './HeldBar';
import classes from './HeldBar.module.css';
import { holderWith } from './holders';

export function ClockCard({ filing, onHandOver }: { filing: FilingDetail; onHandOver: () => void }) {
  const can = useCan();
  const [shown, setShown] = useState(false);
  const { clock } = filing;
  if (!clock) return null;
  const running = clock.spans.length > 0;
  const last = clock.spans[clock.spans.length - 1];
  const mayMove = clock.holder !== null && !filing.inReview && can('filings.edit');
  return (
    <section className="z-card" aria-labelledby="clock">
      <header>
        <h2 id="clock">Where the time went</h2>
        {running && <span className="z-2 num">{plural(clock.elapsedDays, 'day')}</span>}
        {mayMove && (
          <WriteButton ml="auto" variant="default" size="xs" onClick={onHandOver} data-print="hide">
            Hand over
          </WriteButton>
        )}
      </header>
      {running ? (
        <div className="z-card-body z-stack">
          <HeldBar parts={clock.parts} />
          <p className="z-2" style={{ margin: 0 }}>
            {clock.holder
              ? `${holderWith(clock.holder)} since ${formatDate(last?.from.slice(0, 10))}${last?.reason ? `: ${last.reason}` : ''}.`
              : 'The clock stands: the filing is closed.'}
          </p>
          {clock.spans.length > 1 && (
            <button type="button" className={classes.more} aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide every move' : `Show every move (${clock.spans.length})`}
            </button>
          )}
        </div>
      ) : (
        <p className="z-card-body z-2" style={{ margin: 0 }}>
          Starts on {formatDate(clock.startedAt.slice(0, 10))}, when the period is over, or when it is handed to
          somebody.
        </p>
      )}
      {shown && (
        <ol className={classes.spans}>
          {clock.spans.map((span) => (
            <li key={span.from}>
              <span className="z-strong">{span.holder ? holderWith(span.holder) : 'Stopped'}</span>
              <span className="num">{span.holder ? plural(span.days, 'day') : ''}</span>
              <span className="z-2 z-small">
                from {formatInstant(span.from)}
                {span.reason ? `, ${span.reason}` : ''}
                {span.by ? `, ${span.by}` : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
