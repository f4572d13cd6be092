// The versions of a rule, newest first: from when to when, and what each changed.
import { IconHistory } from '@tabler/icons-react';
import type { RuleDetail, RuleVersion } from '@/api/types';
import { formatDate } from '@/lib/format';
import classes from './Rule.module.css';

export function HistoryCard({ rule }: { rule: RuleDetail }) {
  return (
    <section className="z-card" aria-labelledby="history">
      <header>
        <IconHistory size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
        <h2 id="history">History</h2>
      </header>
      <ol>
        {rule.versions.map((version) => (
          <li key={version.id}>
            <div className="z-card-row" data-line>
              <div className={`z-grow ${classes.lateLine}`}>
                <div className="z-between">
                  <span className="z-strong">{span(version)}</span>
                  <span className="mono z-2">{version.id}</span>
                </div>
                {version.due && <div>{version.due}</div>}
                <div className="z-2 z-small">{version.citation}</div>
                {version.changes.length > 0 && (
                  <ul className={classes.changes}>
                    {version.changes.map((change) => (
                      <li key={change}>{change}</li>
                    ))}
                  </ul>
                )}
                {version.supersededBy.length > 0 && (
                  <div className="z-2 z-small">Replaced by {version.supersededBy.join(', ')}</div>
                )}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function span({ effectiveFrom, effectiveTo }: RuleVersion): string {
  const from = effectiveFrom ? `From ${formatDate(effectiveFrom)}` : 'First day not confirmed';
  return effectiveTo ? `${from} to ${formatDate(effectiveTo)}` : `${from}, in force`;
}
