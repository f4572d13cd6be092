// The facts of a filing at the right: due, target, rule, channel, people, last period.
import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FilingDetail } from '@/api/types';
import { useCanChange } from '@/app/writing';
import { DateCell, None } from '@/components/Cells';
import { Initials } from '@/components/Initials';
import { StatusBadge } from '@/components/StatusBadge';
import { formatDate, formatRange, humanise, plural } from '@/lib/format';
import { isOpen } from '@/lib/status';
import type { DialogKind } from './FilingPage';

type Props = { filing: FilingDetail; today: string; onOpen: (dialog: DialogKind) => void };

export function DetailsRail({ filing, onOpen }: Props) {
  const can = useCanChange();
  const edit = can('filings.edit') && isOpen(filing.status);
  const { rule, previous } = filing;
  return (
    <section className="z-card" aria-labelledby="details">
      <header>
        <h2 id="details">Details</h2>
      </header>
      <dl className="z-facts z-card-body">
        <dt>Legal due</dt>
        <dd>{filing.legalDueOn ? `${formatDate(filing.legalDueOn)}, 23:59 IST` : <None />}</dd>
        <dt>Internal target</dt>
        <dd>
          <Editable edit={edit} label="Change the internal target date" onOpen={() => onOpen('target')}>
            <DateCell date={filing.targetDueOn} />
          </Editable>
        </dd>
        <dt>Breached after</dt>
        <dd>{plural(filing.breachAfterDays, 'day')} late</dd>
        {filing.breaches.length > 0 && (
          <>
            <dt>Breach recorded</dt>
            <dd>
              {filing.breaches.map((one) => (
                <div key={one.recordedAt}>
                  From {formatDate(one.breachedOn)}
                  <div className="z-2 z-small">
                    {one.clearedOn ? `Over on ${formatDate(one.clearedOn)}: ${one.clearedWhy}` : 'Still stands'}
                  </div>
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>Period</dt>
        <dd>
          {filing.periodLabel}
          {filing.periodStart && filing.periodEnd && (
            <div className="z-2 z-small">{formatRange(filing.periodStart, filing.periodEnd)}</div>
          )}
        </dd>
        <dt>Frequency</dt>
        <dd>{rule?.frequency ? humanise(rule.frequency) : <None />}</dd>
        <dt>Filed through</dt>
        <dd>{rule?.channel || <None />}</dd>
        <dt>Rule</dt>
        <dd>
          {rule?.title ?? filing.title}
          {rule && <div className="mono z-2">{rule.id}</div>}
        </dd>
        <dt>Assignee</dt>
        <dd>
          <Editable edit={can('filings.edit')} label="Change the assignee" onOpen={() => onOpen('assign')}>
            {filing.assignee ? (
              <span className="z-row">
                <Initials name={filing.assignee.displayName} />
                {filing.assignee.displayName}
              </span>
            ) : (
              <span className="z-2">Nobody</span>
            )}
          </Editable>
        </dd>
        {rule?.nilReturnRequired && (
          <>
            <dt>Nil return</dt>
            <dd>Needed even when there is nothing to report</dd>
          </>
        )}
        <dt>Ack. no.</dt>
        <dd>{filing.acknowledgementNo ? <span className="mono">{filing.acknowledgementNo}</span> : <None />}</dd>
        <dt>Last period</dt>
        <dd>
          {previous ? (
            <Link to="/filings/$filingId" params={{ filingId: String(previous.id) }} className="z-ink">
              <StatusBadge
                status={previous.status}
                detail={previous.filedOn ? formatDate(previous.filedOn, { year: false }) : undefined}
              />
            </Link>
          ) : (
            <None />
          )}
        </dd>
      </dl>
    </section>
  );
}

function Editable({
  edit,
  label,
  onOpen,
  children,
}: {
  edit: boolean;
  label: string;
  onOpen: () => void;
  children: ReactNode;
}) {
  if (!edit) return <>{children}</>;
  return (
    <UnstyledButton
      onClick={onOpen}
      title={label}
      style={{ fontSize: 'inherit', minHeight: 24, textDecoration: 'underline dotted', textUnderlineOffset: 4 }}
    >
      {children}
      <span className="z-hide">. {label}</span>
    </UnstyledButton>
  );
}
