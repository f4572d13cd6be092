// A filing in two lines where its day is known: return and period, client and lateness, state and person.
import { Link } from '@tanstack/react-router';
import type { Filing } from '@/api/types';
import { DueCell, DueWords } from '@/components/Cells';
import { Initials } from '@/components/Initials';
import { RegulatorTag } from '@/components/RegulatorTag';
import { StatusBadge } from '@/components/StatusBadge';
import { shortClientName } from '@/lib/format';
import classes from './Calendar.module.css';

type Props = { filing: Filing; today: string; dated?: boolean };

export function FilingLine({ filing, today, dated }: Props) {
  return (
    <Link to="/filings/$filingId" params={{ filingId: String(filing.id) }} className={classes.line}>
      <span className="z-between">
        <span className="z-row">
          <RegulatorTag tag={filing.regulator} />
          <span className="z-clip">
            <span className="z-strong">{filing.code}</span> <span className="z-2">{filing.periodLabel}</span>
          </span>
        </span>
        <StatusBadge status={filing.status} />
      </span>
      <span className="z-between z-2">
        <span className="z-clip">{shortClientName(filing.clientName)}</span>
        <span className={`z-row z-nowrap ${classes.when}`}>
          {dated ? <DueCell filing={filing} today={today} compact /> : <DueWords filing={filing} today={today} />}
          {filing.assignee && <Initials name={filing.assignee.displayName} quiet={false} />}
        </span>
      </span>
    </Link>
  );
}
