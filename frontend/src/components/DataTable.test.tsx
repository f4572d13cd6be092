// The list table by role and label: heads, sorting, keyboard, phone list, empty and busy states.

import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { show } from '@/test/render';
import { media } from '@/test/setup';
import { fromSorting, toSorting } from './DataGrid';
import { DataTable, type Features } from './DataTable';

type Row = { id: number; name: string; due: string };
const helper = createColumnHelper<Features, Row>();
const columns = helper.columns([
  helper.accessor('name', {
    id: 'name',
    header: 'Name',
    cell: ({ row }) => <a href={`/x/${row.original.id}`}>{row.original.name}</a>,
  }),
  helper.accessor('due', { id: 'dueOn', header: 'Due' }),
  helper.display({ id: 'note', header: 'Note', enableSorting: false, cell: () => 'note' }),
]) as ColumnDef<Features, Row>[];
const rows: Row[] = [
  { id: 1, name: 'AOC-4', due: '30 Oct' },
  { id: 2, name: 'MGT-7', due: '29 Nov' },
  { id: 3, name: 'ADT-1', due: '15 Oct' },
];

function table(over: Partial<Parameters<typeof DataTable<Row>>[0]> = {}) {
  const spies = { onOpen: vi.fn(), onSort: vi.fn(), onPage: vi.fn(), onPerPage: vi.fn() };
  return {
    ...spies,
    node: (
      <DataTable
        caption="Filings"
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.id)}
        renderCard={(row) => <a href={`/x/${row.id}`}>{row.name}</a>}
        sort={['dueOn']}
        page={1}
        perPage={50}
        total={3}
        empty={<p>Nothing past due.</p>}
        {...spies}
        {...over}
      />
    ),
  };
}

afterEach(() => {
  media.matches = () => false;
});

describe('DataTable', () => {
  it('is a real table with caption, column heads and the sort said', async () => {
    await show(table().node);
    const grid = screen.getByRole('table', { name: 'Filings' });
    expect(
      within(grid)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Name', 'Due', 'Note']);
    expect(within(grid).getByRole('columnheader', { name: 'Due' }).getAttribute('aria-sort')).toBe('ascending');
    expect(within(grid).getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBeNull();
    expect(screen.getByText('1–3 of 3')).toBeTruthy();
  });

  it('asks the server to sort: other way, another column, and a second with Shift', async () => {
    const { node, onSort } = table();
    await show(node);
    fireEvent.click(screen.getByRole('button', { name: 'Due' }));
    expect(onSort).toHaveBeenLastCalledWith(['-dueOn']);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(onSort).toHaveBeenLastCalledWith(['name']);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }), { shiftKey: true });
    expect(onSort).toHaveBeenLastCalledWith(['dueOn', 'name']);
    expect(screen.queryByRole('button', { name: 'Note' })).toBeNull();
  });

  it('moves with j, k and arrows and opens with Enter', async () => {
    const user = userEvent.setup();
    const { node, onOpen } = table();
    await show(node);
    await user.keyboard('j');
    expect(document.activeElement?.textContent).toContain('AOC-4');
    await user.keyboard('j');
    expect(document.activeElement?.textContent).toContain('MGT-7');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('ADT-1');
    await user.keyboard('k{Enter}');
    expect(onOpen).toHaveBeenCalledWith(rows[1]);
  });

  it('has one tab stop among its rows, and no single keys when they are off', async () => {
    const user = userEvent.setup();
    await show(table({ keys: false }).node);
    expect(screen.getAllByRole('row').filter((row) => row.getAttribute('tabindex') === '0')).toHaveLength(1);
    await user.keyboard('j');
    expect(document.activeElement).toBe(document.body);
  });

  it('opens a row on click, but leaves its link to the browser', async () => {
    const { node, onOpen } = table();
    await show(node);
    fireEvent.click(screen.getByRole('link', { name: 'AOC-4' }));
    expect(onOpen).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('30 Oct'));
    expect(onOpen).toHaveBeenCalledWith(rows[0]);
  });

  it('hides the columns asked for', async () => {
    await show(table({ hidden: ['note'] }).node);
    expect(screen.queryByRole('columnheader', { name: 'Note' })).toBeNull();
  });

  it('selects with x, a range with Shift, and the page with Ctrl+A', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    const select = (keys: string[]) => ({
      keys: new Set(keys),
      onChange,
      name: (index: number) => rows[index]?.name ?? '',
    });
    const last = () => Array.from<string>(onChange.mock.lastCall?.[0] ?? []);
    const first = await show(table({ selection: select([]) }).node);
    await user.keyboard('x');
    expect(last()).toEqual(['1']);
    await user.keyboard('{Shift>}J{/Shift}');
    expect(last()).toEqual(['1', '2']);
    await user.keyboard('{Control>}a{/Control}');
    expect(last()).toEqual(['1', '2', '3']);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select AOC-4' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select ADT-1' }), { shiftKey: true });
    expect(last()).toEqual(['1', '2', '3']);
    first.unmount();
    await show(table({ selection: select(['1', '2', '3']) }).node);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select this page' }));
    expect(last()).toEqual([]);
  });

  it('peeks with Space, and j then changes what is shown without taking the focus', async () => {
    const user = userEvent.setup();
    const onPeek = vi.fn();
    const first = await show(table({ onPeek }).node);
    await user.keyboard('j ');
    expect(onPeek).toHaveBeenCalledWith(rows[0]);
    first.unmount();
    await show(table({ onPeek, peeking: '1' }).node);
    await user.keyboard('j');
    expect(onPeek).toHaveBeenLastCalledWith(rows[1]);
    expect(document.activeElement).toBe(document.body);
  });

  it('keeps the first column and puts the others in the order asked for', async () => {
    await show(table({ order: ['note', 'dueOn'] }).node);
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['Name', 'Note', 'Due']);
  });

  it('is a list of links on a phone', async () => {
    media.matches = (query) => query.includes('max-width');
    await show(table().node);
    expect(screen.queryByRole('table')).toBeNull();
    expect(within(screen.getByRole('list', { name: 'Filings' })).getAllByRole('link')).toHaveLength(3);
  });

  it('pages', async () => {
    const { node, onPage, onPerPage } = table({ total: 184, page: 2 });
    await show(node);
    expect(screen.getByText('51–100 of 184')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(onPage).toHaveBeenCalledWith(3);
    expect(screen.getByRole('button', { name: 'Page 2' }).getAttribute('aria-current')).toBe('page');
    fireEvent.change(screen.getByRole('combobox', { name: 'Rows per page' }), { target: { value: '100' } });
    expect(onPerPage).toHaveBeenCalledWith(100);
  });

  it('shows its empty note when there are no rows', async () => {
    await show(table({ rows: [], total: 0 }).node);
    expect(screen.getByText('Nothing past due.')).toBeTruthy();
  });

  it('says that it is busy while the next rows come, keeping the old ones', async () => {
    await show(table({ busy: true }).node);
    expect(document.querySelector('[aria-busy="true"]')).toBeTruthy();
    expect(screen.getByText('30 Oct')).toBeTruthy();
  });
});

it('translates sort keys both ways', () => {
  expect(toSorting(['-dueOn', 'code'])).toEqual([
    { id: 'dueOn', desc: true },
    { id: 'code', desc: false },
  ]);
  expect(fromSorting(toSorting(['-dueOn', 'code']))).toEqual(['-dueOn', 'code']);
});
