// When it is due: the rule in words, then worked examples that the server computed today.
import { IconScale } from '@tabler/icons-react';
import type { Evaluation, RuleDetail } from '@/api/types';
import { formatDate, formatDateWeekday } from '@/lib/format';
import classes from './Rule.module.css';

export function DueCard({ rule }: { rule: RuleDetail }) {
  return (
    <section className="z-card" aria-labelledby="due">
      <header>
        <IconScale size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
        <h2 id="due">When it is due</h2>
      </header>
      <p className={classes.due}>{rule.due ? `${rule.due}.` : 'It has no due date: nothing is planned for it.'}</p>
      {rule.examples.length > 0 && (
        <table className={classes.table}>
          <caption className="z-hide">Worked examples</caption>
          <thead>
            <tr>
              <th scope="col">For example</th>
              <th scope="col">Due in law</th>
              <th scope="col">Aim for</th>
            </tr>
          </thead>
          <tbody>
            {rule.examples.map(({ given, result }) => (
              <tr key={`${result.period} ${given.join()}`}>
                <th scope="row">
                  {given.length > 0 ? given.join(', ') : result.period}
                  {given.length > 0 && result.period && !/^event|^once/i.test(result.period) && (
                    <span className="z-2 z-small"> {result.period}</span>
                  )}
                </th>
                <td>
                  <DueOf result={result} />
                </td>
                <td className="z-2">{result.targetDue ? formatDate(result.targetDue) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rule.lateStages.map((stage) => (
        <p key={stage} className="z-card-row">
          {stage}
        </p>
      ))}
      {rule.oneTime.map((one) => (
        <p key={one.period} className="z-card-row">
          <span className="z-grow">
            Fixed once for {one.period}: <b>{formatDate(one.date)}</b>
            <span className="z-2"> {one.instrument}</span>
          </span>
        </p>
      ))}
      {rule.reliefs.map((relief) => (
        <p key={`${relief.instrument} ${relief.until}`} className="z-card-row">
          <span className="z-grow">
            {relief.effect}, until <b>{formatDate(relief.until)}</b>, for{' '}
            {relief.periods.includes('*') ? 'all periods due by then' : relief.periods.join(', ')}. {relief.after}.
            <span className="z-2"> {relief.instrument}</span>
          </span>
        </p>
      ))}
    </section>
  );
}

/** The date of an evaluation, or what it waits for. */
export function DueOf({ result }: { result: Evaluation }) {
  if (result.legalDue) return <span className="num">{formatDateWeekday(result.legalDue)}</span>;
  if (result.waitsFor === 'as_directed') return <span className="z-2">When the regulator sets it</span>;
  return (
    <span className="z-2">
      Follows its event{result.projectedDue ? `, at the latest ${formatDate(result.projectedDue)}` : ''}
    </span>
  );
}
