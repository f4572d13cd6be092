// Filings by month due: one row a return, one column a month, a shape per filing that opens it. Arrow keys move in the grid.
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import type { Filing, FilingStatus } from '@/api/types';
import { dueOf } from '@/components/Cells';
import { StatusBadge, StatusGlyph } from '@/components/StatusBadge';
import { formatDate, fyChoices, fyMonths } from '@/lib/format';
import { filingLook, filingStatuses } from '@/lib/status';
import classes from './ClientPage.module.css';

type Props = { filings: Filing[]; fy: string; current: string; today: string; onFy: (fy: string) => void };

export function MonthMatrix({ filings, fy, current, today, onFy }: Props) {
  const grid = useRef<HTMLTableElement>(null);
  const months = fyMonths(fy);
  const now = today.slice(0, 7);
  const dated = filings.filter((one) => dueOf(one));
  const rows = [...new Map(dated.map((one) => [one.code, one])).values()].sort((a, b) =>
    `${a.regulator} ${a.code}`.localeCompare(`${b.regulator} ${b.code}`),
  );
  const seen = (Object.keys(filingStatuses) as FilingStatus[]).filter((status) =>
    dated.some((one) => one.status === status),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = {
      ArrowRight: [1, 0],
      ArrowLeft: [-1, 0],
      ArrowDown: [0, 1],
      ArrowUp: [0, -1],
    };
    const move = moves[event.key];
    const at = (document.activeElement as HTMLElement | null)?.closest('td');
    const row = at?.parentElement;
    if (!move || !at || !row || !grid.current) return;
    event.preventDefault();
    const lines = [...grid.current.querySelectorAll('tbody tr')];
    let y = lines.indexOf(row);
    let x = [...row.children].indexOf(at);
    for (let step = 0; step < 40; step += 1) {
      x += move[0];
      y += move[1];
      const link = lines[y]?.children[x]?.querySelector('a');
      if (link) return link.focus();
      if (!lines[y]?.children[x]) return;
    }
  };
  return (
    <section className="z-card" aria-labelledby="matrix">
      <header style={{ flexWrap: 'wrap' }}>
        <h2 id="matrix">Filings by month due</h2>
        <select
          className="z-select"
          aria-label="Financial year"
          value={fy}
          onChange={(event) => onFy(event.currentTarget.value)}
        >
          {fyChoices(current).map((one) => (
            <option key={one} value={one}>
              FY {one}
            </option>
          ))}
        </select>
        <span className={classes.legend}>
          {seen.map((status) => (
            <StatusBadge key={status} status={status} pill={false} />
          ))}
        </span>
      </header>
      {rows.length === 0 ? (
        <p className="z-card-body z-2">Nothing falls due in FY {fy}.</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.matrix} ref={grid} onKeyDown={onKeyDown}>
            <caption className="z-hide">Filings by month due, FY {fy}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="z-hide">Return</span>
                </th>
                {months.map((month) => (
                  <th key={month.key} scope="col" data-now={month.key === now || undefined}>
                    {month.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.code}>
                  <th scope="row" title={row.title}>
                    <span className="z-row">
                      <span className="z-tag">{row.regulator}</span>
                      {row.code}
                    </span>
                  </th>
                  {months.map((month) => (
                    <td key={month.key} data-now={month.key === now || undefined}>
                      {dated
                        .filter((one) => one.code === row.code && dueOf(one)?.startsWith(month.key))
                        .map((one) => (
                          <Link
                            key={one.id}
                            to="/filings/$filingId"
                            params={{ filingId: String(one.id) }}
                            className={classes.cell}
                            aria-label={`${one.code} ${one.periodLabel}: ${filingLook(one.status).label}, due ${formatDate(dueOf(one))}`}
                            title={`${one.periodLabel}, ${formatDate(dueOf(one))}: ${filingLook(one.status).label}`}
                          >
                            <StatusGlyph status={one.status} />
                          </Link>
                        ))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
