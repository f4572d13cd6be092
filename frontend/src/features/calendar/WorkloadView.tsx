// Who has how much to do: figures, and a bar for each of the next eight weeks. What nobody does comes first.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { workloadQuery } from '@/api/queries';
import type { WorkloadRow } from '@/api/types';
import { ErrorCard } from '@/components/ErrorCard';
import { Initials } from '@/components/Initials';
import { RowsSkeleton } from '@/components/Skeletons';
import type { FilingSearch } from '@/features/filings/search';
import { formatCount, formatDate, formatRange, plural } from '@/lib/format';
import { useGridKeys } from '@/lib/useGridKeys';
import classes from './Calendar.module.css';
import type { ViewProps } from './CalendarPage';
import { filtersOf, toList } from './search';

const FIGURES: { key: 'open' | 'due7' | 'pastDue' | 'breached'; title: string; search: FilingSearch }[] = [
  { key: 'open', title: 'Open', search: {} },
  { key: 'due7', title: 'Due in 7 days', search: { view: 'due7' } },
  { key: 'pastDue', title: 'Past due', search: { view: 'pastDue' } },
  { key: 'breached', title: 'Breached', search: { view: 'all', status: ['breached'] } },
];

export default function WorkloadView({ search }: ViewProps) {
  const keys = useGridKeys();
  const { data, error, isPlaceholderData, refetch } = useQuery(workloadQuery(filtersOf(search)));
  if (error && !data) {
    return (
      <div className={classes.view}>
        <ErrorCard error={error} what="The workload" onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) return <RowsSkeleton rows={6} />;
  const most = Math.max(1, ...data.items.flatMap((row) => row.weeks));
  const open = data.items.reduce((sum, row) => sum + row.open, 0);
  const loose = data.items[0]?.assignee ? 0 : (data.items[0]?.open ?? 0);
  return (
    <div className={classes.view}>
      <div className={classes.nav}>
        <h2>Workload</h2>
        <span className={classes.sum}>
          {plural(open, 'open filing')}
          {loose > 0 && <span className="z-warn">, {formatCount(loose)} with nobody</span>}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroll} aria-label="Workload by person" aria-busy={isPlaceholderData} tabIndex={0}>
        <table className={classes.load} {...keys}>
          <caption className="z-hide">Open filings by person, and by week due</caption>
          <thead>
            <tr>
              <th scope="col">Person</th>
              {FIGURES.map((figure) => (
                <th key={figure.key} scope="col" data-align="right">
                  {figure.title}
                </th>
              ))}
              <th scope="col" data-align="right" title="Open filings on which a licence hangs">
                Licence-critical
              </th>
              {data.weeks.map((week) => (
                <th key={week.from} scope="col" data-align="center" title={formatRange(week.from, week.to)}>
                  <span className="z-hide">Week of </span>
                  {formatDate(week.from, { year: false })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((row) => (
              <Row key={row.assignee?.id ?? 0} row={row} weeks={data.weeks} most={most} search={search} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

type RowProps = {
  row: WorkloadRow;
  weeks: { from: string; to: string }[];
  most: number;
  search: ViewProps['search'];
};

function Row({ row, weeks, most, search }: RowProps) {
  const name = row.assignee?.displayName ?? 'Nobody';
  const assigneeId = [row.assignee ? String(row.assignee.id) : 'none'];
  return (
    <tr data-nobody={row.assignee ? undefined : true}>
      <th scope="row">
        <span className="z-row">
          {row.assignee && <Initials name={name} />}
          {row.assignee ? <span className="z-clip">{name}</span> : <span className="z-clip z-2">Nobody yet</span>}
        </span>
      </th>
      {FIGURES.map((figure) => (
        <td key={figure.key} data-align="right">
          {row[figure.key] > 0 ? (
            <Link
              to="/filings"
              search={toList(search, { ...figure.search, assigneeId })}
              className={`${classes.number} ${figure.key === 'pastDue' || figure.key === 'breached' ? 'z-late' : 'z-ink'}`}
              aria-label={`${name}, ${figure.title.toLowerCase()}: ${formatCount(row[figure.key])}`}
            >
              {formatCount(row[figure.key])}
            </Link>
          ) : (
            <span className="z-3">0</span>
          )}
        </td>
      ))}
      <td data-align="right" className="num">
        {formatCount(row.licenceCritical)}
      </td>
      {weeks.map((week, index) => {
        const count = row.weeks[index] ?? 0;
        return (
          <td key={week.from} data-align="center">
            {count > 0 ? (
              <Link
                to="/filings"
                search={toList(search, { assigneeId, due: `${week.from}..${week.to}` })}
                className={classes.week}
                aria-label={`${name}, week of ${formatDate(week.from)}: ${plural(count, 'filing')}`}
                title={`${formatRange(week.from, week.to)}: ${plural(count, 'filing')}`}
              >
                <span className={classes.bar} aria-hidden="true">
                  <i style={{ height: `${Math.max(8, Math.round((100 * count) / most))}%` }} />
                </span>
                <span>{formatCount(count)}</span>
              </Link>
            ) : (
              <span className="z-3" aria-hidden="true">
                ·
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
