// What is counted: how much is in use and how much there may be.
import type { Licence } from '@/api/types';
import { formatCount } from '@/lib/format';
import { showLimit } from '@/lib/limit';
import classes from './Licence.module.css';

/** Levels of approval are not used up; they stand with the features. */
const NOT_COUNTED = ['approval_levels'];

export function LimitsCard({ licence }: { licence: Licence }) {
  return (
    <section className="z-card" aria-labelledby="limits">
      <header>
        <h2 id="limits">Limits</h2>
      </header>
      <ul>
        {licence.usage
          .filter((row) => !NOT_COUNTED.includes(row.name))
          .map(({ name, title, used, limit }) => (
            <li key={name} className={`z-card-row ${classes.limit}`}>
              <span className="z-grow">{title}</span>
              {limit > 0 && (
                <span className="z-bar" aria-hidden="true" data-over={used > limit || undefined}>
                  <i style={{ width: `${Math.min(100, (100 * used) / limit)}%` }} />
                </span>
              )}
              <span className={classes.figure}>
                {limit > 0 ? `${formatCount(used)} of ${formatCount(limit)}` : showLimit(limit)}
                {limit < 0 && used > 0 && <span className="z-2">, {formatCount(used)} in use</span>}
                {limit > 0 && used > limit && <span className="z-warn"> over by {formatCount(used - limit)}</span>}
              </span>
            </li>
          ))}
      </ul>
      <p className="z-card-body z-2 z-small">
        Records are filings that were closed and portal problems. Recording a filing is never refused.
      </p>
    </section>
  );
}
