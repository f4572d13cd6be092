// The rows of a list as a real table: sort heads, selection, one tab stop, and a way to peek.
import { IconArrowDown, IconArrowUp, IconLayoutSidebarRight } from '@tabler/icons-react';
import { type ColumnDef, type SortingState, useTable } from '@tanstack/react-table';
import { type KeyboardEvent, useMemo } from 'react';
import { type DataTableProps, type Features, features, type Meta } from './DataTable';
import classes from './DataTable.module.css';
import type { useSelection } from './useSelection';

/** "-dueOn" as the table's sorting state, and back. */
export const toSorting = (sort: readonly string[]): SortingState =>
  sort.map((key) => ({ id: key.replace(/^-/, ''), desc: key.startsWith('-') }));
export const fromSorting = (sorting: SortingState): string[] => sorting.map(({ id, desc }) => (desc ? `-${id}` : id));

/** Columns in the order a person chose; those not named keep their place at the end. The first one holds the link. */
function ordered<T extends object>(columns: readonly ColumnDef<Features, T>[], order: readonly string[] | undefined) {
  if (!order?.length) return columns;
  const place = (id: string | undefined) => {
    const at = order.indexOf(id ?? '');
    return at < 0 ? order.length : at;
  };
  const [first, ...rest] = columns;
  return first ? [first, ...rest.sort((a, b) => place(a.id) - place(b.id))] : columns;
}

type GridProps<T extends object> = DataTableProps<T> & {
  rows: readonly T[];
  current: number;
  setCurrent: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  body: React.RefObject<HTMLTableSectionElement | null>;
  select: ReturnType<typeof useSelection>;
};

export function DataGrid<T extends object>(props: GridProps<T>) {
  const { rows, columns, caption, sort, onSort, hidden, order, rowKey, onOpen, onPeek, peeking, busy } = props;
  const { current, setCurrent, onKeyDown, body, select, selection, rowHeight } = props;
  const sorting = useMemo(() => toSorting(sort), [sort]);
  const columnVisibility = useMemo(() => Object.fromEntries((hidden ?? []).map((id) => [id, false])), [hidden]);
  const shown = useMemo(() => ordered(columns, order), [columns, order]);
  const table = useTable<Features, T>({
    features,
    data: rows,
    columns: shown,
    getRowId: (row) => rowKey(row),
    state: { sorting, columnVisibility },
    onSortingChange: (updater) => onSort(fromSorting(typeof updater === 'function' ? updater(sorting) : updater)),
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: true,
    sortDescFirst: false,
  });
  return (
    <div className={classes.wrap} aria-busy={busy || undefined} data-rows={rowHeight}>
      {busy && <div className={classes.busy} aria-hidden="true" />}
      <table className={classes.table}>
        <caption>{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {selection && (
                <th scope="col" className={classes.pick} data-print="hide">
                  <label>
                    <input
                      type="checkbox"
                      aria-label="Select this page"
                      checked={select.all}
                      ref={(box) => {
                        if (box) box.indeterminate = select.some && !select.all;
                      }}
                      onChange={select.togglePage}
                    />
                  </label>
                </th>
              )}
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                const meta = header.column.columnDef.meta as Meta | undefined;
                const label = <table.FlexRender header={header} />;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-align={meta?.align}
                    data-grow={meta?.grow || undefined}
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
              {onPeek && (
                <th scope="col" className={classes.peek} data-print="hide">
                  <span className="z-hide">Peek</span>
                </th>
              )}
            </tr>
          ))}
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {table.getRowModel().rows.map((row, index) => (
            <tr
              key={row.id}
              className={classes.row}
              data-current={index === current || undefined}
              data-open={row.id === peeking || undefined}
              data-selected={selection?.keys.has(row.id) || undefined}
              tabIndex={index === current ? 0 : -1}
              onFocus={() => setCurrent(index)}
              onClick={(event) => {
                const target = event.target as HTMLElement;
                if (!target.closest('a, button, input, label') && !window.getSelection()?.toString())
                  onOpen(row.original);
              }}
            >
              {selection && (
                <td className={classes.pick} data-print="hide">
                  <label>
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      aria-label={`Select ${selection.name(index)}`}
                      checked={selection.keys.has(row.id)}
                      onChange={(event) =>
                        (event.nativeEvent as MouseEvent).shiftKey ? select.extend(index) : select.toggle(index)
                      }
                    />
                  </label>
                </td>
              )}
              {row.getVisibleCells().map((cell) => {
                const meta = cell.column.columnDef.meta as Meta | undefined;
                return (
                  <td key={cell.id} data-align={meta?.align} data-grow={meta?.grow || undefined}>
                    <table.FlexRender cell={cell} />
                  </td>
                );
              })}
              {onPeek && (
                <td className={classes.peek} data-print="hide">
                  <button
                    type="button"
                    tabIndex={-1}
                    title="Peek (Space)"
                    aria-label={`Peek at ${selection?.name(index) ?? 'this row'}`}
                    onClick={() => onPeek(row.original)}
                  >
                    <IconLayoutSidebarRight size={15} stroke={1.6} aria-hidden="true" />
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
