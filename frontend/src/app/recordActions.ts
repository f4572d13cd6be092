// What can be done with the record on this page, for the command palette.
import { useEffect, useRef } from 'react';

export type RecordAction = { label: string; run: () => void };

let current: { actions: RecordAction[] } | null = null;

/** Offers the page's actions in the palette while the page is shown. */
export function useRecordActions(actions: RecordAction[]): void {
  const offered = useRef({ actions });
  offered.current.actions = actions;
  useEffect(() => {
    const mine = offered.current;
    current = mine;
    return () => {
      if (current === mine) current = null;
    };
  }, []);
}

/** The actions of the record that is open. */
export const recordActions = (): RecordAction[] => current?.actions ?? [];
