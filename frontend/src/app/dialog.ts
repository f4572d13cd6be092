// The dialog that is open stands in the address, so that a reload or a link shows it again and Back closes it.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { text } from './search';

/** `do`: which dialog. `who`: whom or what it is about. */
export type DialogSearch = { do?: string; who?: string };

/** Reads the address. */
export function dialogSearch(search: Record<string, unknown>): DialogSearch {
  return { do: text(search.do), who: text(search.who) };
}

/** Which dialog the address names, and how to open another one or close it. */
export function useDialog() {
  const now: DialogSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const go = (next: DialogSearch, replace: boolean) =>
    void navigate({
      to: '.',
      search: (search: object) => ({ ...search, do: undefined, who: undefined, ...next }),
      replace,
    });
  return {
    name: now.do,
    who: now.who,
    open: (name: string, who?: string | number) =>
      go({ do: name, who: who === undefined ? undefined : String(who) }, false),
    close: () => go({}, true),
  };
}
