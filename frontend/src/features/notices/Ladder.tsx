// Whom the product tells when, and why: the table that the nightly check follows.
import { useQuery } from '@tanstack/react-query';
import { ladderQuery } from '@/api/queries';
import { formatCount, formatInstant, humanise } from '@/lib/format';
import classes from './Notices.module.css';

function who(step: { owner: boolean; principalOfficerFor: string[] }): string {
  const people = ['the assignee'];
  if (step.owner) people.push("the client's owner");
  const all = step.principalOfficerFor.length === 3;
  if (all) people.push('the principal officers');
  else if (step.principalOfficerFor.length > 0) {
    people.push(
      `the principal officers (${step.principalOfficerFor.map((one) => humanise(one).toLowerCase()).join(', ')})`,
    );
  }
  return people.join(', ');
}

export function Ladder() {
  const { data } = useQuery(ladderQuery());
  if (!data) return null;
  const last = data.lastCheck;
  return (
    <section className="z-card" aria-labelledby="ladder">
      <header>
        <h2 id="ladder">How alerts work</h2>
      </header>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <caption className="z-hide">Who is told on which day</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Told</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {data.steps.map((step) => (
              <tr key={step.name}>
                <th scope="row">{step.name}</th>
                <td>{who(step)}</td>
                <td className="z-2">{step.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="z-card-body z-2 z-small">
        If the assignee is missing or has left, the owner is told; then the principal officers; then the administrators.
        {last?.finishedAt
          ? ` Last check ${formatInstant(last.finishedAt)}: alerts ${formatCount(last.alerts)}, breaches recorded ${formatCount(last.breaches)}.`
          : ' The first check runs after midnight.'}
      </p>
    </section>
  );
}
