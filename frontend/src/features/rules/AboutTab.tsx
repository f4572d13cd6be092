// The rule as it reads: when, for whom, where it is written, what late costs, its history, what the firm made of it.
import { Link } from '@tanstack/react-router';
import type { RuleDetail } from '@/api/types';
import { confidenceWords } from '@/lib/confidence';
import { formatDate, plural } from '@/lib/format';
import { DueCard } from './DueCard';
import { HistoryCard } from './HistoryCard';
import { LateLines } from './LateLines';
import classes from './Rule.module.css';
import { VALIDITY } from './words';

export function AboutTab({ rule }: { rule: RuleDetail }) {
  return (
    <div className="z-with-rail">
      <div className="z-stack-lg">
        <DueCard rule={rule} />
        <Conditions rule={rule} />
        {rule.cost.length > 0 && <LateLines rule={rule} />}
        <HistoryCard rule={rule} />
      </div>
      <div className="z-stack-lg">
        <Source rule={rule} />
        <Facts rule={rule} />
        {rule.checklist.length > 0 && (
          <section className="z-card" aria-labelledby="checklist">
            <header>
              <h2 id="checklist">Checklist</h2>
            </header>
            <ul className={classes.items}>
              {rule.checklist.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}

function Conditions({ rule }: { rule: RuleDetail }) {
  return (
    <section className="z-card" aria-labelledby="who">
      <header>
        <h2 id="who">Who it applies to</h2>
      </header>
      {rule.conditions.length === 0 ? (
        <p className="z-card-body">Every client.</p>
      ) : (
        <ul className={classes.conditions}>
          {rule.conditions.map((line, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are an ordered text
              key={index}
              style={{ paddingInlineStart: `${line.depth * 18}px` }}
              data-group={/these$/.test(line.text)}
            >
              {line.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Source({ rule }: { rule: RuleDetail }) {
  const { instrument, section, date, url } = rule.citation;
  return (
    <section className="z-card" aria-labelledby="source">
      <header>
        <h2 id="source">Where it is written</h2>
      </header>
      <div className="z-card-body z-stack">
        <div>
          <div className="z-strong">{instrument}</div>
          <div className="z-2">{section || 'Section not known'}</div>
          {date && <div className="z-2">Dated {formatDate(date)}</div>}
          {url && /^https?:/.test(url) && (
            <a href={url} target="_blank" rel="noreferrer" className={classes.link}>
              Open the text
            </a>
          )}
        </div>
        <div>
          <span className="mono">{rule.confidence}</span> {confidenceWords(rule.confidence)}
        </div>
        {rule.note && <p className={classes.note}>{rule.note}</p>}
        <div className="z-2 z-small">Last read against the source on {formatDate(rule.lastReviewed)}</div>
      </div>
    </section>
  );
}

function Facts({ rule }: { rule: RuleDetail }) {
  const rows: [string, React.ReactNode][] = [
    ['Filed by', rule.filer],
    ['Filed at', rule.portal],
    ['A miss is', { routine: 'Routine', high: 'Serious', licence_critical: 'Licence-critical' }[rule.materiality]],
    ['NIL return', rule.nilReturnRequired ? 'Needed when there is nothing to report' : ''],
    ['Other codes', rule.aliases.join(', ')],
    [
      'Replaced by',
      rule.supersededBy.length > 0 &&
        rule.supersededBy.map((code) => (
          <Link
            key={code}
            to="/rules/$code/{-$tab}"
            params={{ code: code.split('@')[0] ?? code }}
            className={classes.link}
          >
            {code}
          </Link>
        )),
    ],
    ['Lasts', rule.validity ? VALIDITY[rule.validity.model] : ''],
    ['Term', rule.validity?.years ? plural(rule.validity.years, 'year') : ''],
    ['Fees', rule.validity?.fee],
    ['Capital', rule.validity?.capital],
    ['Open filings', rule.openFilings ? `${rule.openFilings} of ${plural(rule.clients, 'client')}` : 'None'],
  ];
  return (
    <section className="z-card" aria-labelledby="facts">
      <header>
        <h2 id="facts">In short</h2>
      </header>
      <dl className="z-facts z-card-body">
        {rows
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
