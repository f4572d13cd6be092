// A table of links as one tab stop: arrow keys go to the next cell with a link, Home and End to the ends of the row.
import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';

const MOVES: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

const linkIn = (cell: Element | undefined) => cell?.querySelector<HTMLElement>('a');

/** The link to go to from the focused one, or none at the edge. */
function target(table: HTMLTableElement, key: string): HTMLElement | null | undefined {
  const cell = document.activeElement?.closest('td, th');
  const row = cell?.parentElement;
  if (!cell || !row) return null;
  if (key === 'Home' || key === 'End') {
    const links = [...row.querySelectorAll<HTMLElement>('td a')];
    return key === 'Home' ? links[0] : links[links.length - 1];
  }
  const move = MOVES[key];
  if (!move) return null;
  const lines = [...table.querySelectorAll('tbody tr')];
  let y = lines.indexOf(row);
  let x = [...row.children].indexOf(cell);
  while (lines[y]?.children[x]) {
    x += move[0];
    y += move[1];
    const link = linkIn(lines[y]?.children[x]);
    if (link) return link;
  }
  return null;
}

/** Makes one link the table's tab stop. */
function stopAt(table: HTMLTableElement | null, chosen?: HTMLElement) {
  const links = [...(table?.querySelectorAll<HTMLElement>('tbody a') ?? [])];
  const stop = chosen ?? links.find((link) => link.dataset.stop !== undefined) ?? links[0];
  for (const link of links) {
    link.tabIndex = link === stop ? 0 : -1;
    if (link === stop) link.dataset.stop = '';
    else delete link.dataset.stop;
  }
}

/** Put all three on the table. */
export function useGridKeys() {
  const ref = useRef<HTMLTableElement>(null);
  // Rows come and go; after each change the link used last, else the first, is the one that Tab reaches.
  useEffect(() => stopAt(ref.current));
  const onFocus = (event: FocusEvent) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>('tbody a');
    if (link) stopAt(ref.current, link);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !ref.current) return;
    const next = target(ref.current, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return { ref, onFocus, onKeyDown };
}
