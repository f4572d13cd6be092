// A table of links as one tab stop: arrow keys go to the next cell with a link, Home and End to the ends of the row.
import { type KeyboardEvent, useEffect, useRef } from 'react';

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

/** Put `ref` and `onKeyDown` on the table. */
export function useGridKeys() {
  const ref = useRef<HTMLTableElement>(null);
  // After every change of rows exactly one link can be reached by Tab: the one used last, else the first.
  useEffect(() => {
    const links = [...(ref.current?.querySelectorAll<HTMLElement>('tbody a') ?? [])];
    const stop = links.find((link) => link === document.activeElement) ?? links.find((link) => link.tabIndex === 0);
    links.forEach((link, index) => {
      link.tabIndex = link === (stop ?? links[0]) || (!stop && index === 0) ? 0 : -1;
    });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !ref.current) return;
    const next = target(ref.current, event.key);
    if (!next) return;
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  return { ref, onKeyDown };
}
