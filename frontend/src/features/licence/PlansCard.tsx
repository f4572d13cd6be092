// The plans side by side, as the server lists them: what each would add and take away here.
import type { Licence, PlanInfo } from '@/api/types';
import { formatCount } from '@/lib/format';
import { showLimit } from '@/lib/limit';
import classes from './Licence.module.css';
import { priceWords } from './words';

const LIMITS: [string, string][] = [
  ['clients', 'Clients'],
  ['users', 'Seats'],
  ['regulators', 'Regulators'],
  ['approval_levels', 'Approval levels'],
];

export function PlansCard({ licence }: { licence: Licence }) {
  const loud = licence.claims.nudge === 'loud';
  return (
    <section className="z-card" aria-labelledby="plans">
      <header>
        <h2 id="plans">{loud ? 'What a larger plan would change' : 'Plans'}</h2>
      </header>
      <div className={classes.plans}>
        {licence.plans.map((plan) => (
          <PlanColumn key={plan.slug} plan={plan} />
        ))}
      </div>
      <p className="z-card-body z-2 z-small">
        To change the plan, activate another key or licence file. After a smaller one nothing is deleted: what is over
        becomes read-only.
      </p>
    </section>
  );
}

function PlanColumn({ plan }: { plan: PlanInfo }) {
  return (
    <article className={classes.plan} data-recommended={plan.recommended || undefined} aria-label={plan.name}>
      <div className="z-row-wrap">
        <h3>{plan.name}</h3>
        {plan.current && <span className="z-tag">Yours</span>}
        {plan.recommended && <span className="z-tag">Recommended</span>}
      </div>
      <p className="z-2">{priceWords(plan)}</p>
      {plan.annualDiscount && <p className="z-2 z-small">A yearly discount may be offered.</p>}
      <dl className={classes.planLimits}>
        {LIMITS.map(([name, title]) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{showLimit(plan.limits[name] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      {!plan.current && <Change words="Adds" items={plan.gains} />}
      {!plan.current && <Change words="Takes away" items={plan.loses} />}
      {plan.over.length > 0 && (
        <p className="z-warn z-small">
          You have more than it allows:{' '}
          {plan.over
            .map(
              (one) => `${one.title.toLowerCase()} ${formatCount(one.used)} of ${showLimit(one.limit).toLowerCase()}`,
            )
            .join(', ')}
          .
        </p>
      )}
    </article>
  );
}

function Change({ words, items }: { words: string; items: string[] }) {
  if (items.length === 0) return null;
  return (
    <div className="z-small">
      <h4>{words}</h4>
      <ul className={classes.change}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
