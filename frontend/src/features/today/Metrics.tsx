// The five figures, each a link to the list behind it.
import type { Icon } from '@tabler/icons-react';
import { IconAlertCircle, IconClockHour4, IconHourglassEmpty } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Today } from '@/api/types';
import { Money } from '@/components/Cells';
import type { FilingSearch } from '@/features/filings/search';
import { formatCount, formatMoney } from '@/lib/format';
import classes from './TodayPage.module.css';

type Props = { strip: Today['strip']; mine: boolean; fy: string };

export function Metrics({ strip, mine, fy }: Props) {
  const who: FilingSearch = mine ? { assigneeId: ['me'] } : {};
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
        search={{ ...who, status: ['awaiting_event'] }}
        icon={IconHourglassEmpty}
        tone="info"
        label="Awaiting an event"
        note="AGM and the like"
      >
        {formatCount(strip.awaitingEvent)}
      </Metric>
      <LateCost strip={strip} search={{ ...who, view: 'pastDue' }} />
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

/** What everything past due costs. The first currency is the rupee; what has no known amount is said, not hidden. */
function LateCost({ strip, search }: { strip: Today['strip']; search: FilingSearch }) {
  const [first, ...others] = strip.lateCost;
  const more = others.map((sum) => formatMoney(sum.total, { currency: sum.currency, whole: true })).join(', ');
  const notes = [
    first &&
      !/^0+(\.0+)?$/.test(first.perDay) &&
      `${formatMoney(first.perDay, { currency: first.currency, whole: true })} more each day`,
    more && `and ${more}`,
    strip.lateUnpriced > 0 && `${formatCount(strip.lateUnpriced)} unpriced`,
  ].filter(Boolean);
  const note = notes.join(', ') || 'nothing past due costs';
  return (
    <Metric search={search} icon={IconClockHour4} tone="danger" label="Late cost, at most" note={note}>
      {first ? <Money amount={first.total} currency={first.currency} /> : <small>none known</small>}
    </Metric>
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
      <span className={`${classes.note} z-clip`} title={note}>
        {note}
      </span>
    </Link>
  );
}
