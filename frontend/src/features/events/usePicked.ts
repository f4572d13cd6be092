// Rows that were ticked, also on pages that were left.
import { useState } from 'react';

export function usePicked<T>(items: readonly T[] | undefined, keyOf: (row: T) => string, nameOf: (row: T) => string) {
  const [picked, setPicked] = useState<ReadonlyMap<string, T>>(new Map());
  const known = new Map([...picked, ...(items ?? []).map((item) => [keyOf(item), item] as const)]);
  return {
    rows: [...picked.values()],
    clear: () => setPicked(new Map()),
    selection: {
      keys: new Set(picked.keys()),
      name: (index: number) => (items?.[index] ? nameOf(items[index]) : ''),
      onChange: (keys: ReadonlySet<string>) =>
        setPicked(new Map([...keys].flatMap((key) => (known.has(key) ? [[key, known.get(key) as T]] : [])))),
    },
  };
}
