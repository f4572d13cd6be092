// The answer to a try: the date, whether it applies, the steps with the law, and what late costs.
import { IconScale } from '@tabler/icons-react';
import type { TryAnswer } from '@/api/types';
import { LateCostCard } from '@/features/filings/LateCostCard';
import steps from '@/features/filings/WhyCard.module.css';
import { formatDate } from '@/lib/format';
import { DueOf } from './DueCard';
import classes from './Rule.module.css';

const APPLIES: Record<string, string> = {
  yes: 'The rule applies to such a client.',
  no: 'The rule does not apply to such a client: nothing would be planned.',
  unknown: 'Whether the rule applies is not known: nothing would be planned until these facts are known.',
};

const readable = (value: string) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value);

export function TryAnswerCards({ answer }: { answer: TryAnswer }) {
  return (
    <>
      <section className="z-card" aria-labelledby="try-answer">
        <header>
          <IconScale size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
          <h2 id="try-answer">{answer.period}</h2>
        </header>
        <div className={classes.answer}>
          <b>
            <DueOf result={answer} />
          </b>
          {answer.targetDue && answer.targetDue !== answer.legalDue && (
            <span className="z-2">Aim for {formatDate(answer.targetDue)}</span>
          )}
        </div>
        <div className="z-card-row">
          <span className={answer.applies === 'yes' ? undefined : 'z-warn'}>
            {APPLIES[answer.applies]}
            {answer.unknownFacts.length > 0 && ` ${answer.unknownFacts.map((fact) => fact.title).join(', ')}.`}
          </span>
        </div>
        {answer.needsReview && (
          <p className="z-card-row z-warn">A person must look: the rule changed between the period and its due date.</p>
        )}
        {answer.findings.map((finding) => (
          <p key={finding} className="z-card-row z-warn">
            {finding}
          </p>
        ))}
        <ol className={steps.steps} style={{ borderTop: '1px solid var(--z-line)' }}>
          {answer.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are an ordered text
            <li key={index} className={steps.step}>
              <span className={steps.text}>{step.text}</span>
              {step.value ? <span className={steps.value}>{readable(step.value)}</span> : <span />}
              {step.citation && <cite className={steps.cite}>{step.citation}</cite>}
            </li>
          ))}
        </ol>
      </section>
      {answer.lateCost && <LateCostCard cost={answer.lateCost} open />}
    </>
  );
}
