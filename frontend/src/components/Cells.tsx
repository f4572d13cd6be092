// Money, dates and due dates as table cells and lines of text. A dash, named "none", where there is no value.
import type { Filing } from '@/api/types';
import {
  currencySign,
  formatDate,
  formatDateWeekday,
  formatMoney,
  lateWords,
  moneyParts,
  NONE,
  relativeDue,
} from '@/lib/format';
import { isOpen } from '@/lib/status';

/** No value. */
export function None() {
  return (
    <span className="z-3">
      <span aria-hidden="true">{NONE}</span>
      <span className="z-hide">none</span>
    </span>
  );
}

type MoneyProps = { amount: string | null | undefined; whole?: boolean; currency?: string };

/** An amount from a decimal string, rupees unless a currency is given, paise in a quieter tone. */
export function Money({ amount, whole, currency }: MoneyProps) {
  if (amount === null || amount === undefined) return <None />;
  const parts = moneyParts(amount, currency);
  if (!parts) return <span>{amount}</span>;
  return (
    <span className="num z-nowrap" title={formatMoney(amount, { currency })}>
      {parts.sign}
      {currencySign(currency)}
      {parts.rupees}
      {!whole && <span className="z-3">.{parts.paise}</span>}
    </span>
  );
}

/** A civil date: 14 Oct 2026. */
export function DateCell({ date }: { date: string | null | undefined }) {
  if (!date) return <None />;
  return (
    <time className="num z-nowrap" dateTime={date}>
      {formatDate(date)}
    </time>
  );
}

/** The date that counts for a filing now: the legal one, else the projected one. */
export function dueOf(filing: Pick<Filing, 'legalDueOn' | 'projectedDueOn'>): string | null {
  return filing.legalDueOn ?? filing.projectedDueOn ?? null;
}

type DueProps = {
  filing: Pick<
    Filing,
    'legalDueOn' | 'projectedDueOn' | 'targetDueOn' | 'status' | 'daysLate' | 'waitsFor' | 'filedOn'
  > &
    Partial<Pick<Filing, 'ruleDueOn' | 'relaxationId'>>;
  today: string;
  /** Leave the year out: only where the year is stated elsewhere. */
  compact?: boolean;
};

/** A due date with its distance in words; late words in red. What it waits for when no date exists yet. */
export function DueCell({ filing, today, compact }: DueProps) {
  const { legalDueOn, projectedDueOn, waitsFor } = filing;
  if (!legalDueOn) {
    const words = waitsFor ? `after ${waitsFor.title}` : 'after its event';
    const full = words.charAt(0).toUpperCase() + words.slice(1);
    if (!projectedDueOn)
      return (
        <span className="z-2 z-clip z-await" title={full}>
          {full}
        </span>
      );
    return (
      <span className="num z-clip z-await" title={`By ${formatDate(projectedDueOn)} ${words}`}>
        <span className="z-2">by {formatDate(projectedDueOn)}</span> <span className="z-3">{words}</span>
      </span>
    );
  }
  const sameYear = legalDueOn.slice(0, 4) === today.slice(0, 4);
  const target =
    filing.targetDueOn && filing.targetDueOn !== legalDueOn
      ? `. Internal target ${formatDate(filing.targetDueOn)}`
      : '';
  const law = filing.relaxationId && filing.ruleDueOn ? `. Extended; by the rule ${formatDate(filing.ruleDueOn)}` : '';
  return (
    <span className="num z-nowrap" title={`${formatDateWeekday(legalDueOn)}, 23:59 IST${law}${target}`}>
      <time dateTime={legalDueOn}>{formatDate(legalDueOn, { year: !(compact && sameYear) })}</time>{' '}
      {filing.relaxationId && (
        <>
          <span className="z-extended" aria-hidden="true">
            ext
          </span>
          <span className="z-hide">extended </span>{' '}
        </>
      )}
      <DueWords filing={filing} today={today} />
    </span>
  );
}

/** Only the words beside a due date. */
export function DueWords({ filing, today }: Omit<DueProps, 'compact'>) {
  const { legalDueOn, status, daysLate } = filing;
  if (!legalDueOn) return null;
  if (status === 'filed_late') return <span className="z-warn">filed {lateWords(daysLate)}</span>;
  if (!isOpen(status))
    return filing.filedOn ? <span className="z-3">filed {formatDate(filing.filedOn, { year: false })}</span> : null;
  const words = relativeDue(legalDueOn, today);
  return <span className={/late$/.test(words) ? 'z-late' : 'z-2'}>{words}</span>;
}

/** Checklist progress as a small bar and 3/8. */
export function ChecklistCell({ done, total }: { done: number; total: number }) {
  if (total === 0) return <None />;
  return (
    <span className="num z-nowrap">
      <span className="z-bar" data-full={done >= total || undefined} aria-hidden="true">
        <i style={{ width: `${(100 * done) / total}%` }} />
      </span>{' '}
      <span className="z-2 z-small">
        {done}/{total}
      </span>
    </span>
  );
}

/** What one more day costs at most: plain while it is late, quiet before. */
export function LateCostCell({ filing }: { filing: Pick<Filing, 'costPerDay' | 'daysLate'> }) {
  const cost = filing.costPerDay;
  if (!cost) return <None />;
  return (
    <span className={filing.daysLate > 0 ? undefined : 'z-3'}>
      <Money amount={cost.amount} currency={cost.currency} whole />
      {filing.daysLate > 0 ? null : <span className="z-hide"> if late</span>}
    </span>
  );
}
