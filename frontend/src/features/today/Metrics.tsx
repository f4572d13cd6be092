// The five figures, each a link to the list behind it.
import type { Icon } from '@tabler/icons-react';
import { IconAlertCircle, IconClockHour4, IconHourglassEmpty } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Today } from '@/api/types';
import type { FilingSearch } from '@/features/filings/search';
import { addDays, formatCount } from '@/lib/format';
import classes from './TodayPage.module.css';

type Props = { strip: Today['strip']; today: string; mine: boolean; fy: string };

export function Metrics({ strip, today, mine, fy }: Props) {
  const who: FilingSearch = mine ? { assigneeId: ['me'] } : {};
  const tomorrow = addDays(today, 1);
  return (
    <div className={classes.strip}>
      <Metric
        search={{ ...who, view: 'pastDue' }}
        icon={IconAlertCircle}
        tone="danger"
        label="Past due"
        note={`${formatCount(strip.breached)} breached`}
      >
        {formatCount(strip.pastDue)}
      </Metric>
      <Metric
        search={{ ...who, view: 'due7' }}
        icon={IconClockHour4}
        tone="warn"
        label="Due in 7 days"
        note={`${formatCount(strip.dueTomorrow)} tomorrow`}
      >
        {formatCount(strip.dueIn7Days)}
      </Metric>
      <Metric
        search={{ ...who, due: `${tomorrow}..${tomorrow}` }}
        icon={IconClockHour4}
        tone="warn"
        label="Due tomorrow"
        note="by 23:59 IST"
      >
        {formatCount(strip.dueTomorrow)}
      </Metric>
      <Metric
        search={{ ...who, status: ['awaiting_event'] }}
        icon={IconHourglassEmpty}
        tone="info"
        label="Awaiting an event"
        note="AGM and the like"
      >
        {formatCount(strip.awaitingEvent)}
      </Metric>
      <Metric
        search={{ ...who, view: 'filed', fy }}
        label={`Filed on time, FY ${fy}`}
        note={`${formatCount(strip.filedOnTime)} of ${formatCount(strip.filedTotal)}`}
      >
        {strip.filedOnTimePct === null || strip.filedOnTimePct === undefined ? (
          <small>none yet</small>
        ) : (
          <>
            {strip.filedOnTimePct}
            <small>%</small>
          </>
        )}
      </Metric>
    </div>
  );
}

type MetricProps = {
  search: FilingSearch;
  icon?: Icon;
  tone?: string;
  label: string;
  note: string;
  children: ReactNode;
};

function Metric({ search, icon: IconShape, tone, label, note, children }: MetricProps) {
  return (
    <Link to="/filings" search={search} className={classes.metric}>
      <span className={classes.label}>
        {IconShape && <IconShape size={14} aria-hidden="true" style={{ color: `var(--z-${tone}-mark)` }} />}
        <span className="z-clip">{label}</span>
      </span>
      <span className={classes.figure} style={{ display: 'block' }}>
        {children}
      </span>
      <span className={classes.note}>{note}</span>
    </Link>
  );
}
