// Filings by month due: one row a return, one column a month, a shape per filing that opens it. Arrow keys move in the grid.
// In full it fills the page: titles beside the codes, the day beside the shape, and it prints on one landscape sheet.
import { Link } from '@tanstack/react-router';
import type { CSSProperties, ReactNode } from 'react';
import type { FilingStatus, YearFiling } from '@/api/types';
import { dueOf } from '@/components/Cells';
import { RegulatorTag } from '@/components/RegulatorTag';
import { StatusBadge, StatusGlyph } from '@/components/StatusBadge';
import { formatDate, fyChoices, fyMonths, plural } from '@/lib/format';
import { filingLook, filingStatuses } from '@/lib/status';
import { useGridKeys } from '@/lib/useGridKeys';
import classes from './ClientPage.module.css';

type Props = {
  filings: YearFiling[];
  fy: string;
  current: string;
  today: string;
  onFy: (fy: string) => void;
  full?: boolean;
  actions?: ReactNode;
};

/** Lines that fit on a landscape sheet at full size; more are printed smaller. */
const LINES_ON_A_SHEET = 22;

export function MonthMatrix({ filings, fy, current, today, onFy, full, actions }: Props) {
  const keys = useGridKeys();
  const months = fyMonths(fy);
  const now = today.slice(0, 7);
  const dated = filings.filter((one) => dueOf(one));
  const rows = [...new Map(dated.map((one) => [one.code, one])).values()].sort((a, b) =>
    `${a.regulator} ${a.code}`.localeCompare(`${b.regulator} ${b.code}`),
  );
  const seen = (Object.keys(filingStatuses) as FilingStatus[]).filter((status) =>
    dated.some((one) => one.status === status),
  );

  // Filings of one return in one month stand below each other, so a row may be several lines high.
  const lines = rows.reduce((sum, row) => {
    const own = dated.filter((one) => one.code === row.code);
    return sum + Math.max(...months.map((month) => own.filter((one) => dueOf(one)?.startsWith(month.key)).length), 1);
  }, 0);
  const fit = { '--z-fit': Math.min(1, LINES_ON_A_SHEET / Math.max(1, lines)).toFixed(3) } as CSSProperties;
  return (
    <section
      className={full ? `z-card ${classes.sheet}` : 'z-card'}
      style={full ? fit : undefined}
      aria-labelledby="matrix"
    >
      <header style={{ flexWrap: 'wrap' }}>
        <h2 id="matrix">Filings by month due</h2>
        {full && <span className="z-2">{`FY ${fy}, ${plural(dated.length, 'filing')}`}</span>}
        <select
          className="z-select"
          aria-label="Financial year"
          data-print="hide"
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
        {actions && <span data-print="hide">{actions}</span>}
      </header>
      {rows.length === 0 ? (
        <p className="z-card-body z-2">Nothing falls due in FY {fy}.</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.matrix} {...keys} data-full={full || undefined}>
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
                      <RegulatorTag tag={row.regulator} />
                      {row.code}
                      {full && <span className={`${classes.title} z-clip z-2`}>{row.title}</span>}
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
                            {full && <span className="num">{Number(dueOf(one)?.slice(8))}</span>}
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
