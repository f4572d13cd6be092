// What hangs on an event, and when the event is likely, in words that the table and the phone's rows share.
import type { AwaitedEvent, Hanging } from '@/api/types';
import { DateCell, None } from '@/components/Cells';
import { formatCount, formatDate, relativeDue } from '@/lib/format';

/** A row of the awaited list has no id: it is a client, a kind and a period. */
export const keyOf = (one: AwaitedEvent): string => `${one.clientId} ${one.kind} ${one.forPeriod}`;

/** "AGM held, FY 2025-26". */
export const eventName = (one: Pick<AwaitedEvent, 'title' | 'periodLabel'>): string =>
  `${one.title}, ${one.periodLabel}`;

/** Codes of the filings, the first ones by name. */
export function Codes({ filings }: { filings: Hanging[] }) {
  if (filings.length === 0) return <None />;
  const named = filings.length > 3 ? 2 : 3;
  const more = filings.length - named;
  return (
    <span className="z-clip" style={{ display: 'block' }} title={filings.map(hangingWords).join('\n')}>
      {filings
        .slice(0, named)
        .map((filing) => filing.code)
        .join(', ')}
      {more > 0 && <span className="z-2"> and {formatCount(more)} more</span>}
    </span>
  );
}

/** "MCA-AOC4, 30 Oct 2026". */
export const hangingWords = (filing: Hanging): string =>
  `${filing.code}, ${filing.dueOn ? `${filing.certain ? '' : 'probably '}${formatDate(filing.dueOn)}` : 'no date yet'}`;

/** The day the event is likely on, and how far its last day is away. */
export function Likely({ event, today }: { event: AwaitedEvent; today: string }) {
  const { projectedOn, lastDayOn, missed } = event;
  if (!projectedOn) return <span className="z-2">When it happens</span>;
  const law = [event.reason, event.citation].filter(Boolean).join('. ');
  return (
    <span className="num z-nowrap" title={law || undefined}>
      {lastDayOn === projectedOn && <span className="z-2">by </span>}
      <DateCell date={projectedOn} />{' '}
      <span className={missed ? 'z-late' : 'z-2'}>{relativeDue(projectedOn, today)}</span>
    </span>
  );
}

/** The first date that hangs on it. */
export function FirstDue({ filings }: { filings: Hanging[] }) {
  const first = filings.filter((one) => one.dueOn).sort((a, b) => String(a.dueOn).localeCompare(String(b.dueOn)))[0];
  if (!first?.dueOn) return <None />;
  return (
    <span className="num z-nowrap" title={hangingWords(first)}>
      {!first.certain && <span className="z-2">about </span>}
      <DateCell date={first.dueOn} />
    </span>
  );
}
