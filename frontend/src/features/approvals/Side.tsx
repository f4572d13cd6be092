// Beside the change: what follows from it, what was checked, who signs.
import { IconAlertTriangle, IconArrowRight, IconCheck, IconHourglassHigh } from '@tabler/icons-react';
import type { ProposalDetail } from '@/api/types';
import { Initials } from '@/components/Initials';
import { formatInstant } from '@/lib/format';
import classes from './Approvals.module.css';

const VERDICTS: Record<string, string> = { approve: 'Approved', reject: 'Rejected', return: 'Sent back' };

export function Side({ one }: { one: ProposalDetail }) {
  const { effects, checks } = one.sight;
  return (
    <aside className={classes.side} aria-label="About this change">
      {effects.length > 0 && (
        <section>
          <h3>{one.state === 'pending' ? 'If you approve' : 'What follows'}</h3>
          <ul>
            {effects.map((text) => (
              <li key={text} className={classes.fact}>
                <IconArrowRight size={15} aria-hidden="true" />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {checks.length > 0 && (
        <section>
          <h3>Checks</h3>
          <ul>
            {checks.map(({ ok, text }) => (
              <li key={text} className={classes.fact}>
                {ok ? (
                  <IconCheck size={15} color="var(--z-success-fg)" aria-label="Fine:" />
                ) : (
                  <IconAlertTriangle size={15} color="var(--z-warn-fg)" aria-label="Look at this:" />
                )}
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>Sign-off</h3>
        <ol>
          <Signed name={one.maker.name} what="Made the change" at={one.proposedAt} />
          {one.decisions.map((d) => (
            <Signed
              key={`${d.round}/${d.level}`}
              name={d.by.name}
              what={`${VERDICTS[d.verdict] ?? d.verdict}, level ${d.level}${d.actingFor ? `, acting for ${d.actingFor.name}` : ''}`}
              said={d.comment}
              at={d.at}
            />
          ))}
          {one.state === 'pending' &&
            one.signOff
              .filter(({ level }) => level >= one.level)
              .map(({ level, who }) => (
                <li key={level} className={classes.fact}>
                  <IconHourglassHigh size={15} color="var(--z-review-fg)" aria-hidden="true" />
                  <span className="z-2">
                    Level {level}: {who}
                  </span>
                </li>
              ))}
        </ol>
        {one.state === 'pending' && (
          <p className="z-2 z-small">Lapses on {formatInstant(one.expiresAt)} if nobody decides.</p>
        )}
        <p className="z-3 z-small">
          Fingerprint <span className="mono">{one.digest.slice(0, 12)}</span>
        </p>
      </section>
    </aside>
  );
}

function Signed({ name, what, said, at }: { name: string; what: string; said?: string; at: string }) {
  return (
    <li className={classes.fact}>
      <Initials name={name} />
      <span className="z-grow">
        <span className="z-strong">{name}</span>
        <br />
        <span className="z-2 z-small">
          {what}, {formatInstant(at)}
        </span>
        {said && (
          <>
            <br />
            <span className="z-small">“{said}”</span>
          </>
        )}
      </span>
    </li>
  );
}
