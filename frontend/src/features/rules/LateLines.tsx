// What being late costs by the rule, line by line with the law.
import { IconClock } from '@tabler/icons-react';
import type { RuleDetail } from '@/api/types';
import { lateLineTitle } from '@/lib/lateWords';
import classes from './Rule.module.css';

export function LateLines({ rule }: { rule: RuleDetail }) {
  return (
    <section className="z-card" aria-labelledby="late">
      <header>
        <IconClock size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
        <h2 id="late">What being late costs</h2>
      </header>
      <ul>
        {rule.cost.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are an ordered text
          <li key={index}>
            <div className="z-card-row" data-line>
              <div className={`z-grow ${classes.lateLine}`}>
                <div>
                  <span className="z-strong">{lateLineTitle(line)}</span>
                  {line.confidence === 'U' && <span className="z-warn"> uncertain, not counted</span>}
                </div>
                <div>{line.text}</div>
                <div className="z-2 z-small">{line.section}</div>
                {line.note && <div className="z-2 z-small">{line.note}</div>}
              </div>
            </div>
          </li>
        ))}
      </ul>
      <p className={classes.foot}>
        A fee is payable with the filing. A penalty is what the law allows at most: an authority decides, and it may be
        nil.
      </p>
    </section>
  );
}
