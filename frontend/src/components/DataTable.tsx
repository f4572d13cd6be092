// The only list table. The server filters, sorts and pages; this has the keyboard, the selection and the phone's two-line list.
import { useMediaQuery } from '@mantine/hooks';
import {
  type ColumnDef,
  columnVisibilityFeature,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useHotkeys, useModKeys } from '@/app/hotkeys';
import { DataGrid } from './DataGrid';
import classes from './DataTable.module.css';
import { Pager } from './Pager';
import { RowsSkeleton } from './Skeletons';
import { type Selection, useSelection } from './useSelection';

/** `grow`: the column that takes what the others leave, so that the table ends where the window does. */
export type Meta = { align?: 'right'; width?: string; grow?: boolean };

/** The table features every list uses; column helpers are made with `typeof features`. */
export const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature, columnMeta: metaHelper<Meta>() });
export type Features = typeof features;

export type DataTableProps<T extends object> = {
  /** What the table lists, for screen readers. */
  caption: string;
  // Accessor columns carry their own value types, which only a helper can name; the table itself never reads values.
  columns: readonly ColumnDef<Features, T>[];
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  /** Opens a row; the first cell holds the real link. */
  onOpen: (row: T) => void;
  /** Shows a row beside the list. */
  onPeek?: (row: T) => void;
  /** The row that is shown beside the list: j and k then change what is shown. */
  peeking?: string;
  /** Told which row is current. */
  onCurrent?: (row: T) => void;
  /** The row as two lines below 768 px, inside one link. */
  renderCard: (row: T) => ReactNode;
  /** Sort keys as in the URL: "dueOn", "-clientName". Column ids are the keys. */
  sort: readonly string[];
  onSort: (sort: string[]) => void;
  hidden?: readonly string[];
  /** Columns in a person's order. */
  order?: readonly string[];
  rowHeight?: string;
  selection?: Selection;
  /** The actions on the selection, in the foot. */
  bar?: ReactNode;
  page: number;
  perPage: number;
  total: number;
  onPage: (page: number) => void;
  onPerPage: (perPage: number) => void;
  busy?: boolean;
  /** Shown in place of rows when there are none. */
  empty: ReactNode;
  /** In place of the pager, for a list without a total. */
  foot?: ReactNode;
  /** Single keys (j, k) on or off. */
  keys?: boolean;
};

export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { rows, rowKey, onOpen, onPeek, peeking, page, perPage, total, onPage, onPerPage, selection } = props;
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const [current, setCurrent] = useState(0);
  const body = useRef<HTMLTableSectionElement & HTMLUListElement>(null);
  const count = rows?.length ?? 0;
  const ids = rows?.map(rowKey) ?? [];
  const select = useSelection({ selection, ids, page });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its first row
  useEffect(() => setCurrent(0), [page]);
  const row = rows?.[Math.min(current, count - 1)];
  const { onCurrent } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for a row, not for each new function
  useEffect(() => {
    if (row) onCurrent?.(row);
  }, [row]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to));
    setCurrent(next);
    const element = body.current?.children[next];
    const beside = rows?.[next];
    // What is shown beside the list keeps the focus; only the list moves on.
    if (peeking && beside) {
      if (rowKey(beside) !== peeking) onPeek?.(beside);
    } else if (element instanceof HTMLElement)
      (narrow ? element.querySelector<HTMLElement>('a, button') : element)?.focus();
    element?.scrollIntoView?.({ block: 'nearest' });
    return next;
  };
  const step = (by: number) => move((peeking ?? onRow(body.current)) ? current + by : current);
  const grow = (by: number) => select.extend(move(current + by), current);
  useHotkeys(
    {
      j: () => step(1),
      k: () => step(-1),
      ...(selection ? { x: () => select.toggle(current), J: () => grow(1), K: () => grow(-1) } : {}),
    },
    props.keys !== false && count > 0,
  );
  useModKeys({ a: select.togglePage }, { enabled: selection !== undefined && count > 0 });

  const onKeyDown = (event: KeyboardEvent) => {
    const atRow = event.target instanceof HTMLElement && event.target.tagName === 'TR';
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') event.shiftKey && selection ? grow(1) : move(current + 1);
    else if (event.key === 'ArrowUp') event.shiftKey && selection ? grow(-1) : move(current - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(count - 1);
    else if (event.key === 'Enter' && atRow && row) onOpen(row);
    else if (event.key === ' ' && atRow && row && onPeek) onPeek(row);
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
        <DataGrid
          {...props}
          rows={rows}
          current={current}
          setCurrent={setCurrent}
          onKeyDown={onKeyDown}
          body={body}
          select={select}
        />
      )}
      <div className={classes.foot} data-bar={props.bar ? true : undefined}>
        {props.foot ?? <Pager page={page} perPage={perPage} total={total} onPage={onPage} onPerPage={onPerPage} />}
        {props.bar}
      </div>
    </>
  );
}

/** True when keyboard focus is already on a row, so that the next key moves on instead of landing on it. */
function onRow(body: HTMLElement | null): boolean {
  return body?.contains(document.activeElement) ?? false;
}

/** The class of the two-line link on a phone. */
export const cardClass = classes.card;
