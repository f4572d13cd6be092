// The only list table. The server filters, sorts and pages; this draws rows, sort heads, keyboard, columns and the phone's two-line list.
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  type ColumnDef,
  columnVisibilityFeature,
  metaHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useHotkeys } from '@/app/hotkeys';
import classes from './DataTable.module.css';
import { Pager } from './Pager';
import { RowsSkeleton } from './Skeletons';

type Meta = { align?: 'right'; width?: string };

/** The table features every list uses; column helpers are made with `typeof features`. */
export const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature, columnMeta: metaHelper<Meta>() });
export type Features = typeof features;

type Props<T extends object> = {
  /** What the table lists, for screen readers. */
  caption: string;
  // Accessor columns carry their own value types, which only a helper can name; the table itself never reads values.
  columns: readonly ColumnDef<Features, T>[];
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  /** Opens a row; the first cell holds the real link. */
  onOpen: (row: T) => void;
  /** The row as two lines below 768 px, inside one link. */
  renderCard: (row: T) => ReactNode;
  /** Sort keys as in the URL: "dueOn", "-clientName". Column ids are the keys. */
  sort: readonly string[];
  onSort: (sort: string[]) => void;
  hidden?: readonly string[];
  page: number;
  perPage: number;
  total: number;
  onPage: (page: number) => void;
  onPerPage: (perPage: number) => void;
  busy?: boolean;
  /** Shown in place of rows when there are none. */
  empty: ReactNode;
  /** Single keys (j, k) on or off. */
  keys?: boolean;
};

/** "-dueOn" as the table's sorting state, and back. */
export const toSorting = (sort: readonly string[]): SortingState =>
  sort.map((key) => ({ id: key.replace(/^-/, ''), desc: key.startsWith('-') }));
export const fromSorting = (sorting: SortingState): string[] => sorting.map(({ id, desc }) => (desc ? `-${id}` : id));

export function DataTable<T extends object>(props: Props<T>) {
  const { rows, rowKey, onOpen, page, perPage, total, onPage, onPerPage } = props;
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const [current, setCurrent] = useState(0);
  const body = useRef<HTMLTableSectionElement & HTMLUListElement>(null);
  const count = rows?.length ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its first row
  useEffect(() => setCurrent(0), [page]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to));
    setCurrent(next);
    const row = body.current?.children[next];
    if (row instanceof HTMLElement) {
      const target = narrow ? row.querySelector('a') : row;
      target?.focus();
      row.scrollIntoView?.({ block: 'nearest' });
    }
  };
  const openCurrent = () => {
    const row = rows?.[current];
    if (row) onOpen(row);
  };
  useHotkeys(
    { j: () => move(onRow(body.current) ? current + 1 : current), k: () => move(current - 1) },
    props.keys !== false && count > 0,
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(current + 1);
    else if (event.key === 'ArrowUp') move(current - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(count - 1);
    else if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.tagName === 'TR')
      openCurrent();
    else return;
    event.preventDefault();
  };

  if (!rows) return <RowsSkeleton rows={12} />;
  if (count === 0) return <>{props.empty}</>;
  return (
    <>
      {narrow ? (
        <ul className={classes.list} aria-label={props.caption} ref={body} onKeyDown={onKeyDown}>
          {rows.map((row) => (
            <li key={rowKey(row)}>{props.renderCard(row)}</li>
          ))}
        </ul>
      ) : (
        <Grid {...props} rows={rows} current={current} setCurrent={setCurrent} onKeyDown={onKeyDown} body={body} />
      )}
      <div className={classes.foot}>
        <Pager page={page} perPage={perPage} total={total} onPage={onPage} onPerPage={onPerPage} />
      </div>
    </>
  );
}

/** True when keyboard focus is already on a row, so that the next key moves on instead of landing on it. */
function onRow(body: HTMLElement | null): boolean {
  return body?.contains(document.activeElement) ?? false;
}

type GridProps<T extends object> = Props<T> & {
  rows: readonly T[];
  current: number;
  setCurrent: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  body: React.RefObject<HTMLTableSectionElement | null>;
};

function Grid<T extends object>({
  rows,
  columns,
  caption,
  sort,
  onSort,
  hidden,
  rowKey,
  onOpen,
  busy,
  current,
  setCurrent,
  onKeyDown,
  body,
}: GridProps<T>) {
  const sorting = useMemo(() => toSorting(sort), [sort]);
  const columnVisibility = useMemo(() => Object.fromEntries((hidden ?? []).map((id) => [id, false])), [hidden]);
  const table = useTable<Features, T>({
    features,
    data: rows,
    columns: columns,
    getRowId: (row) => rowKey(row),
    state: { sorting, columnVisibility },
    onSortingChange: (updater) => onSort(fromSorting(typeof updater === 'function' ? updater(sorting) : updater)),
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: true,
    sortDescFirst: false,
  });
  return (
    <div className={classes.wrap} aria-busy={busy || undefined}>
      {busy && <div className={classes.busy} aria-hidden="true" />}
      <table className={classes.table}>
        <caption>{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                const meta = header.column.columnDef.meta as Meta | undefined;
                const label = <table.FlexRender header={header} />;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-align={meta?.align}
                    style={meta?.width ? { width: meta.width } : undefined}
                    aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
                  >
                    {header.column.getCanSort() ? (
                      <button type="button" className={classes.sort} onClick={header.column.getToggleSortingHandler()}>
                        {label}
                        {sorted === 'asc' && <IconArrowUp size={14} aria-hidden="true" />}
                        {sorted === 'desc' && <IconArrowDown size={14} aria-hidden="true" />}
                      </button>
                    ) : (
                      label
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {table.getRowModel().rows.map((row, index) => (
            <tr
              key={row.id}
              className={classes.row}
              data-current={index === current || undefined}
              tabIndex={index === current ? 0 : -1}
              onFocus={() => setCurrent(index)}
              onClick={(event) => {
                const target = event.target as HTMLElement;
                if (!target.closest('a, button, input') && !window.getSelection()?.toString()) onOpen(row.original);
              }}
            >
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} data-align={(cell.column.columnDef.meta as Meta | undefined)?.align}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The class of the two-line link on a phone. */
export const cardClass = classes.card;
