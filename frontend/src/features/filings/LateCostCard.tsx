// What being late costs: a day in words, four dates, the law. After the due date: so far.
import { IconClock } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { LateCost, LateLine } from '@/api/types';
import { Money, None } from '@/components/Cells';
import { addDays, formatDate, plural } from '@/lib/format';
import { lateLineTitle, onSomebodyElse } from '@/lib/lateWords';
import classes from './LateCostCard.module.css';

const isZero = (amount: string) => /^0+(\.0+)?$/.test(amount);

/** True when part of the sum is at an authority's discretion. */
const atMost = (cost: LateCost) => cost.lines.some((line) => line.counted && line.kind !== 'fee');

export function LateCostCard({ cost, open }: { cost: LateCost; open: boolean }) {
  const [shown, setShown] = useState(false);
  const id = useId();
  const late = cost.days > 0;
  const counted = cost.lines.filter((line) => line.counted);
  const laws = [...new Set((counted.length ? counted : cost.lines).map((line) => line.section))];
  return (
    <section className={`z-card ${classes.card}`} aria-labelledby="late-cost" data-late={late || undefined}>
      <div className={classes.head}>
        <h2 id="late-cost">
          <IconClock size={16} aria-hidden="true" />
          {late
            ? open
              ? 'Late: cost so far'
              : 'What being late cost'
            : open
              ? 'If this is filed late'
              : 'Filed on time'}
        </h2>
        <Headline cost={cost} late={late} open={open} />
      </div>
      {late && <SoFar cost={cost} />}
      {open && cost.dates.length > 0 && counted.length > 0 && (
        <table className={classes.dates}>
          <caption className="z-hide">What it comes to by day</caption>
          <tbody>
            {cost.dates.map((row) => (
              <tr key={row.days} data-past={row.days < cost.days || undefined}>
                <th scope="row">
                  {formatDate(row.on, { year: row.on.slice(0, 4) !== cost.dueOn.slice(0, 4) })}
                  <span className="z-2 z-small">
                    {plural(row.days, 'day')}
                    {row.cap ? ', cap' : ''}
                  </span>
                </th>
                <td>
                  <Money amount={row.amount} currency={cost.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {cost.lines
        .filter((line) => line.counted && line.relief)
        .map((line) => (
          <p key={`${line.section} ${line.text}`} className={classes.note}>
            {line.relief} {cost.lines.some((other) => other.counted && other.kind !== 'fee') && 'Penalties run on.'}
          </p>
        ))}
      {cost.needsReview && (
        <p className={`z-warn ${classes.note}`}>The amounts changed while this was late: ask counsel which apply.</p>
      )}
      {cost.unknownFacts.length > 0 && (
        <p className={classes.note}>
          Not known for this client: {cost.unknownFacts.map((fact) => fact.title).join(', ')}. Record it under the
          client’s facts to see the whole amount.
        </p>
      )}
      <div className={classes.foot}>
        <span>{laws.slice(0, 2).join('; ')}</span>
        <button type="button" aria-expanded={shown} aria-controls={id} onClick={() => setShown(!shown)}>
          How this works
        </button>
      </div>
      <ul id={id} hidden={!shown} className={classes.lines}>
        {cost.lines.map((line) => (
          <li key={`${line.kind} ${line.fallsOn} ${line.section} ${line.text}`}>
            <div className={classes.line}>
              <span className="z-strong">{lateLineTitle(line)}</span>
              {line.amount === null || line.amount === undefined ? (
                <None />
              ) : (
                <Money amount={line.amount} currency={cost.currency} />
              )}
            </div>
            <div>{line.text}</div>
            <div className="z-2 z-small">{line.section}</div>
            {line.note && <div className="z-2 z-small">{line.note}</div>}
            {line.relief && <div className="z-small">{line.relief}</div>}
            {!line.counted && <div className="z-2 z-small">{notCounted(line)}</div>}
          </li>
        ))}
        <li className="z-2 z-small">
          A fee is payable with the filing. A penalty is what the law allows at most: an authority decides, and it may
          be nil.
        </li>
      </ul>
    </section>
  );
}

function notCounted(line: LateLine): string {
  if (onSomebodyElse(line.fallsOn)) return 'Not part of the sum: it falls on somebody else.';
  if (line.amount === null || line.amount === undefined) return 'Not part of the sum: a fact of the client is missing.';
  if (line.confidence === 'U') return 'Not part of the sum: the source is uncertain.';
  return 'Not part of the sum: only one of the alternatives can be imposed.';
}

function Headline({ cost, late, open }: { cost: LateCost; late: boolean; open: boolean }) {
  if (late) {
    return (
      <p>
        <b>
          <Money amount={cost.total} currency={cost.currency} whole />
        </b>{' '}
        {atMost(cost) ? 'at most, ' : ''}
        {plural(cost.days, 'day')} late
      </p>
    );
  }
  if (!open) return <p>Nothing was payable for lateness.</p>;
  if (!isZero(cost.perDay)) {
    return (
      <p>
        <b>
          <Money amount={cost.perDay} currency={cost.currency} whole />
        </b>{' '}
        a day{atMost(cost) ? ' at most' : ''}, from {formatDate(addDays(cost.dueOn, 1), { year: false })}
      </p>
    );
  }
  const first = cost.dates[0];
  if (!first || isZero(first.amount)) return <p>The amount depends on facts that are not recorded.</p>;
  return (
    <p>
      <b>
        <Money amount={first.amount} currency={cost.currency} whole />
      </b>{' '}
      {atMost(cost) ? 'at most ' : ''}from {formatDate(first.on, { year: false })}
    </p>
  );
}

function SoFar({ cost }: { cost: LateCost }) {
  return (
    <dl className={classes.sofar}>
      <dt>Fee with the filing</dt>
      <dd>
        <Money amount={cost.fee} currency={cost.currency} />
      </dd>
      <dt>Penalty, at most</dt>
      <dd>
        <Money amount={cost.exposure} currency={cost.currency} />
      </dd>
      {!isZero(cost.perDay) && (
        <>
          <dt>Each further day</dt>
          <dd>
            <Money amount={cost.perDay} currency={cost.currency} />
          </dd>
        </>
      )}
    </dl>
  );
}
