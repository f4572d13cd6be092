// Why this date: the answer, then the ordered steps with what each gave and where the law says so.
import { IconScale } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { FilingDetail } from '@/api/types';
import { DueWords } from '@/components/Cells';
import { confidenceWords } from '@/lib/confidence';
import { formatDate, formatDateWeekday } from '@/lib/format';
import { isOpen } from '@/lib/status';
import classes from './WhyCard.module.css';

/** Dates from the server read better the Indian way; anything else is shown as it came. */
const readable = (value: string) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value);

export function WhyCard({ filing, today }: { filing: FilingDetail; today: string }) {
  const { rule, why } = filing;
  return (
    <section className="z-card" aria-labelledby="why">
      <header>
        <IconScale size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
        <h2 id="why">Why this date</h2>
        {rule?.confidence && <span className="z-2 z-small">{confidenceWords(rule.confidence)}</span>}
      </header>
      <div className={classes.answer}>
        {filing.legalDueOn ? (
          <span>
            <span className={classes.date}>{formatDateWeekday(filing.legalDueOn)}</span>{' '}
            <DueWords filing={filing} today={today} />
          </span>
        ) : (
          <span>
            <span className={classes.date}>No date yet</span>{' '}
            <span className="z-2">
              {filing.waitsFor
                ? `It follows from ${filing.waitsFor.title}, which is not recorded.`
                : 'It follows from an event that is not recorded.'}
              {filing.projectedDueOn
                ? ` At the latest by ${formatDate(filing.projectedDueOn)} if the event happens on its last day.`
                : ''}
            </span>
          </span>
        )}
        {filing.legalDueOn && filing.waitsFor && isOpen(filing.status) && (
          <span className="z-2">
            {filing.waitsFor.title} is not recorded for {filing.periodLabel}; the date runs without it.{' '}
            <Link
              to="/events"
              search={{ kind: [filing.waitsFor.event], clientId: [String(filing.clientId)] }}
              className="z-in-text"
            >
              Record it
            </Link>{' '}
            if it took place.
          </span>
        )}
        {filing.relaxations.map((relaxation) => (
          <span key={relaxation.id} className="z-2">
            {filing.ruleDueOn ? `Law: ${formatDate(filing.ruleDueOn)}; ` : ''}
            {relaxation.effectText} by{' '}
            <Link to="/relaxations/$relaxationId" params={{ relaxationId: String(relaxation.id) }}>
              {relaxation.circular.number}
            </Link>{' '}
            of {formatDate(relaxation.circular.on)}
            {relaxation.circular.url && (
              <>
                {' '}
                (
                <a href={relaxation.circular.url} target="_blank" rel="noreferrer noopener">
                  read it
                </a>
                )
              </>
            )}
          </span>
        ))}
        {filing.targetDueOn && filing.targetDueOn !== filing.legalDueOn && (
          <span className="z-2">
            Internal target {formatDate(filing.targetDueOn)}
            {filing.targetOverridden ? ', set by hand' : ''}
          </span>
        )}
      </div>
      <ol className={classes.steps}>
        {why.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are an ordered text
          <li key={index} className={classes.step}>
            <span className={classes.text}>{step.text}</span>
            {step.value ? <span className={classes.value}>{readable(step.value)}</span> : <span />}
            {step.citation && <cite className={classes.cite}>{step.citation}</cite>}
          </li>
        ))}
      </ol>
      {rule && (
        <div className={classes.foot}>
          <p>
            {[rule.instrument, rule.section].filter(Boolean).join(', ')} <span className="mono">{rule.id}</span>
          </p>
          {rule.note && <p>{rule.note}</p>}
          {rule.legacy && (
            <p className="z-warn">
              This return has been replaced{rule.supersededBy.length ? ` by ${rule.supersededBy.join(', ')}` : ''}. It
              stays for periods before the change.
            </p>
          )}
        </div>
      )}
    </section>
  );
}
