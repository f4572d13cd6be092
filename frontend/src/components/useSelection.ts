// Which rows of a list are selected: one by one, a range with Shift, the page.
import { useEffect, useRef } from 'react';

export type Selection = {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
  /** What a row is called in "Select ...". */
  name: (index: number) => string;
};

type Options = { selection: Selection | undefined; ids: readonly string[]; page: number };

/** The moves of a selection over the rows shown. */
export function useSelection({ selection, ids, page }: Options) {
  const anchor = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has other rows
  useEffect(() => {
    anchor.current = 0;
  }, [page]);
  const change = (keys: ReadonlySet<string>) => selection?.onChange(keys);
  const toggle = (index: number) => {
    const id = ids[index];
    if (!selection || id === undefined) return;
    anchor.current = index;
    const next = new Set(selection.keys);
    if (!next.delete(id)) next.add(id);
    change(next);
  };
  /** From the row that was last ticked to this one. */
  const extend = (index: number, from = anchor.current) => {
    if (!selection) return;
    const span = ids.slice(Math.min(from, index), Math.max(from, index) + 1);
    change(new Set([...selection.keys, ...span]));
  };
  const all = ids.length > 0 && ids.every((id) => selection?.keys.has(id));
  const some = ids.some((id) => selection?.keys.has(id));
  const togglePage = () => change(all ? new Set() : new Set([...(selection?.keys ?? []), ...ids]));
  return { toggle, extend, togglePage, all, some };
}
