// What a change would do to the client's filings, before it applies: re-dated, new, no longer due.
import type { FilingRef, PlanDiff } from '@/api/types';
import { formatDate, plural } from '@/lib/format';
import classes from './DiffPreview.module.css';

const date = (value: string | null | undefined) => (value ? formatDate(value) : 'no date');

/** A list too long for its box is a stop for the keyboard, so that arrow keys can scroll it. */
const scrolls = (rows: number, name: string) => (rows > 5 ? { tabIndex: 0, 'aria-label': name } : {});

export function DiffPreview({ diff }: { diff: PlanDiff }) {
  const nothing = diff.added.length + diff.removed.length + diff.moved.length === 0;
  return (
    <section aria-label="What would change" className={classes.box}>
      <p className="z-strong">
        {nothing
          ? 'No filing changes.'
          : [
              diff.moved.length
                ? `${plural(diff.moved.length, 'filing')} get${diff.moved.length === 1 ? 's' : ''} a new date`
                : null,
              diff.added.length ? `${diff.added.length} new` : null,
              diff.removed.length ? `${diff.removed.length} no longer due` : null,
            ]
              .filter(Boolean)
              .join(', ')}
      </p>
      {diff.moved.length > 0 && (
        <ul {...scrolls(diff.moved.length, 'New dates')}>
          {diff.moved.map((move) => (
            <li key={`${move.filing.id}-${move.filing.code}-${move.filing.periodLabel}`}>
              <Name filing={move.filing} />
              <span className="num">
                {move.from === move.to ? (
                  <>
                    <ins>{date(move.to)}</ins> now certain
                  </>
                ) : (
                  <>
                    <del>{date(move.from)}</del> → <ins>{date(move.to)}</ins>
                  </>
                )}
              </span>
              <span className="z-2 z-small">{move.reason}</span>
            </li>
          ))}
        </ul>
      )}
      <Refs title="New" mark="+" tone="add" filings={diff.added} />
      <Refs title="No longer due" mark="−" tone="del" filings={diff.removed} />
      <p className="z-2 z-small">
        {plural(diff.unchanged, 'filing stays', 'filings stay')} as they are. Filed ones never move.
      </p>
    </section>
  );
}

function Name({ filing }: { filing: FilingRef }) {
  return (
    <span title={filing.title}>
      <span className="z-strong">{filing.code}</span> <span className="z-2">{filing.periodLabel}</span>
    </span>
  );
}

function Refs({ title, mark, tone, filings }: { title: string; mark: string; tone: string; filings: FilingRef[] }) {
  if (filings.length === 0) return null;
  return (
    <>
      <p className="z-2 z-small">{title}</p>
      <ul {...scrolls(filings.length, title)}>
        {filings.slice(0, 20).map((filing) => (
          <li key={`${filing.id}-${filing.code}-${filing.periodLabel}`} data-tone={tone}>
            <span>
              <span aria-hidden="true">{mark} </span>
              <Name filing={filing} />
            </span>
            <span className="num">{date(filing.dueOn)}</span>
          </li>
        ))}
      </ul>
      {filings.length > 20 && <p className="z-2 z-small">and {filings.length - 20} more</p>}
    </>
  );
}
