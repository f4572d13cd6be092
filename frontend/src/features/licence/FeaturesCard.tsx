// What is on, by group; what is not says which plan has it.
import { IconCheck, IconLock } from '@tabler/icons-react';
import { refusePlan } from '@/api/client';
import type { Licence } from '@/api/types';
import { showLimit } from '@/lib/limit';
import classes from './Licence.module.css';

export function FeaturesCard({ licence }: { licence: Licence }) {
  const { claims } = licence;
  const shown = licence.features.filter((feature) => feature.on || !feature.hidden);
  const groups = [...new Set(shown.map((feature) => feature.group))];
  return (
    <section className="z-card" aria-labelledby="features">
      <header>
        <h2 id="features">Features</h2>
      </header>
      <div className={classes.groups}>
        {groups.map((group) => (
          <div key={group}>
            <h3 className={classes.group}>{group}</h3>
            <ul>
              {shown
                .filter((feature) => feature.group === group)
                .map((feature) => (
                  <li key={feature.name} className={classes.feature}>
                    {feature.on ? (
                      <>
                        <IconCheck size={14} aria-hidden="true" style={{ color: 'var(--z-success-mark)' }} />
                        <span>
                          {feature.title}
                          <span className="z-2">{levels(feature.name, claims.limits.approval_levels ?? 0)}</span>
                          <span className="z-hide"> is on</span>
                        </span>
                      </>
                    ) : (
                      <button
                        type="button"
                        className={classes.locked}
                        onClick={() =>
                          refusePlan({
                            feature: feature.name,
                            unlockedBy: feature.unlockedBy ?? null,
                            message: feature.unlockedBy
                              ? `${feature.title}: on ${feature.unlockedBy}. You are on ${claims.planName}.`
                              : `${feature.title}: not part of the plans on offer here. You are on ${claims.planName}.`,
                          })
                        }
                      >
                        <IconLock size={14} aria-hidden="true" />
                        <span>
                          {feature.title}
                          <span className="z-hide"> is locked</span>
                        </span>
                      </button>
                    )}
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function levels(name: string, count: number): string {
  if (name !== 'maker_checker') return '';
  return count < 0 ? ', any number of levels' : `, ${showLimit(count)}-level`;
}
