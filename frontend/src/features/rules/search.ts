// The rule library's URL and what it asks the server.
import type { RuleListQuery } from '@/api/queries';
import { list, text, whole } from '@/app/search';

export type RuleSearch = {
  q?: string;
  state?: string;
  regulator?: string[];
  kind?: string[];
  frequency?: string[];
  grade?: string[];
  tracked?: string;
  own?: string;
  sort?: string[];
  page?: number;
  size?: number;
};

export const RULE_SORT = ['regulator'];
export const RULE_SIZE = 50;

/** Reads the URL; what is not understood is left out. */
export function ruleSearch(search: Record<string, unknown>): RuleSearch {
  return {
    q: text(search.q),
    state: text(search.state),
    regulator: list(search.regulator),
    kind: list(search.kind),
    frequency: list(search.frequency),
    grade: list(search.grade),
    tracked: text(search.tracked),
    own: text(search.own),
    sort: list(search.sort),
    page: whole(search.page, 2),
    size: whole(search.size),
  };
}

/** What to ask the server for. */
export function toRuleQuery(search: RuleSearch): RuleListQuery {
  return {
    q: search.q,
    state: search.state ? [search.state] : undefined,
    regulator: search.regulator,
    kind: search.kind,
    frequency: search.frequency,
    grade: search.grade,
    tracked: search.tracked === undefined ? undefined : search.tracked === 'yes',
    own: search.own === 'yes' || undefined,
    sort: (search.sort ?? RULE_SORT).join(','),
    page: search.page ?? 1,
    perPage: search.size ?? RULE_SIZE,
  };
}
