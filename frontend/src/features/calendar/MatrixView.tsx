// Clients against the twelve months of a financial year: each cell the number of filings and the shape of the worst of them.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { matrixQuery } from '@/api/queries';
import type { MatrixMonth } from '@/api/types';
import { useMe } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatCount, formatMonth, fyChoices, fyMonths, plural, shortClientName } from '@/lib/format';
import { monthRange } from '@/lib/months';
import { filingLook } from '@/lib/status';
import { useGridKeys } from '@/lib/useGridKeys';
import classes from './Calendar.module.css';
import type { ViewProps } from './CalendarPage';
import { filtersOf, toList } from './search';

const PER_PAGE = 50;

/** "3 filings: 1 breached, 2 filed". */
function cellWords(cell: MatrixMonth): string {
  const parts = cell.counts.map(
    ({ status, count }) => `${formatCount(count)} ${filingLook(status).label.toLowerCase()}`,
  );
  return `${plural(cell.total, 'filing')}: ${parts.join(', ')}`;
}

export default function MatrixView({ search, today, change }: ViewProps) {
  const me = useMe();
  const keys = useGridKeys();
  const fy = search.fy ?? me.currentFy;
  const page = search.page ?? 1;
  const { data, error, isPlaceholderData, refetch } = useQuery(
    matrixQuery({ ...filtersOf(search), fy, sort: search.sort ?? '-pastDue', page, perPage: PER_PAGE }),
  );
  const months = fyMonths(fy);
  const now = today.slice(0, 7);
  return (
    <div className={classes.view}>
      <div className={classes.nav}>
        <h2>Clients by month, FY {fy}</h2>
        <select
          className="z-select"
          aria-label="Financial year"
          value={fy}
          onChange={(event) =>
            change({ fy: event.currentTarget.value === me.currentFy ? undefined : event.currentTarget.value })
          }
          data-print="hide"
        >
          {fyChoices(me.currentFy).map((one) => (
            <option key={one} value={one}>
              FY {one}
            </option>
          ))}
        </select>
        <select
          className="z-select"
          aria-label="Order of clients"
          value={search.sort ?? ''}
          onChange={(event) => change({ sort: event.currentTarget.value || undefined })}
          data-print="hide"
        >
          <option value="">Most past due first</option>
          <option value="clientName">By name</option>
        </select>
        {data && <span className={classes.sum}>{plural(data.total, 'client')}</span>}
      </div>
      {error && !data ? (
        <ErrorCard error={error} what="The matrix" onRetry={() => void refetch()} />
      ) : !data ? (
        <RowsSkeleton rows={12} />
      ) : data.items.length === 0 ? (
        <p className="z-2">No clients match these filters in FY {fy}.</p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className={classes.scroll} aria-label="Clients by month" aria-busy={isPlaceholderData} tabIndex={0}>
            <table className={classes.matrix} {...keys}>
              <caption className="z-hide">Filings by client and month due, FY {fy}</caption>
              <thead>
                <tr>
                  <th scope="col">Client</th>
                  <th scope="col">Past due</th>
                  {months.map((month) => (
                    <th key={month.key} scope="col" data-now={month.key === now || undefined}>
                      {month.label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.items.map((row) => (
                  <tr key={row.clientId}>
                    <th scope="row">
                      <Link
                        to="/clients/$clientId/{-$tab}"
                        params={{ clientId: String(row.clientId), tab: 'year' }}
                        search={{ fy: search.fy }}
                        className="z-clip z-ink"
                        title={row.clientName}
                      >
                        {shortClientName(row.clientName)}
                      </Link>
                    </th>
                    <td className={classes.figure}>
                      {row.pastDue > 0 ? (
                        <Link
                          to="/filings"
                          search={toList(search, { view: 'pastDue', clientId: [String(row.clientId)] })}
                          className={`${classes.cell} z-late`}
                          aria-label={`${shortClientName(row.clientName)}: ${row.pastDue} past due`}
                        >
                          {formatCount(row.pastDue)}
                        </Link>
                      ) : (
                        <span className="z-3" aria-hidden="true">
                          0
                        </span>
                      )}
                    </td>
                    {months.map((month) => {
                      const cell = row.cells.find((one) => one.month === month.key);
                      return (
                        <td key={month.key} data-now={month.key === now || undefined}>
                          {cell && <Cell cell={cell} search={search} clientId={row.clientId} name={row.clientName} />}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <div className={classes.foot} data-print="hide">
            <Pager
              page={page}
              perPage={PER_PAGE}
              total={data.total}
              onPage={(to) => change({ page: to === 1 ? undefined : to })}
            />
          </div>
        </>
      )}
    </div>
  );
}

type CellProps = { cell: MatrixMonth; search: ViewProps['search']; clientId: number; name: string };

function Cell({ cell, search, clientId, name }: CellProps) {
  const look = filingLook(cell.worst);
  const { from, to } = monthRange(cell.month);
  const words = cellWords(cell);
  return (
    <Link
      to="/filings"
      search={toList(search, { view: 'all', clientId: [String(clientId)], due: `${from}..${to}` })}
      className={classes.cell}
      data-tone={look.tone}
      aria-label={`${shortClientName(name)}, ${formatMonth(cell.month, { short: true })}, ${words}`}
      title={words}
    >
      <look.icon size={15} aria-hidden="true" />
      <span>{formatCount(cell.total)}</span>
    </Link>
  );
}
