// What a calendar link shows, as the form has it and in words.
import type { Feed } from '@/api/types';
import type { CalendarSearch } from '../search';

export type Choice = { value: string; label: string };

export type ScopeForm = {
  /** `me`, `none` and ids; empty means everybody. */
  people: string[];
  clients: Choice[];
  regulators: string[];
  /** Returns, taken over from the filters. */
  codes: string[];
};

/** The filters of the view, as far as a link keeps them; without any, one's own filings. */
export function scopeOf(search: CalendarSearch): ScopeForm {
  const clients = (search.clientId ?? []).map((id) => ({ value: id, label: `Client ${id}` }));
  const [regulators, codes] = [search.regulator ?? [], search.code ?? []];
  const filtered = clients.length + regulators.length + codes.length > 0;
  return { people: search.assigneeId ?? (filtered ? [] : ['me']), clients, regulators, codes };
}

/** "RBI, my filings": what the calendar is called unless one names it. */
export function nameOf(scope: ScopeForm): string {
  const clients = scope.clients.length === 1 ? scope.clients[0]?.label : scope.clients.length && 'Some clients';
  const whose = scope.people.length === 1 && scope.people[0] === 'me' ? 'my filings' : scope.people.length && 'team';
  const parts = [...scope.regulators, ...scope.codes, clients, whose].filter((part) => typeof part === 'string');
  const name = parts.length ? parts.join(', ') : 'All filings of the firm';
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, 60);
}

/** What a link shows, in one line. */
export function wordsOf(feed: Feed, nameOfPerson: (id: string) => string): string {
  const { assigneeId = [], clientId = [], regulator = [], code = [] } = feed.scope;
  const parts = [
    assigneeId.length ? assigneeId.map(nameOfPerson).join(' and ') : 'Everybody',
    clientId.length === 1 ? `client ${clientId[0]}` : clientId.length ? `${clientId.length} clients` : 'all clients',
    ...(regulator.length ? [regulator.join(' and ')] : []),
    ...(code.length ? [code.join(' and ')] : []),
    feed.showsNames ? 'with client names' : 'no client names',
  ];
  return parts.join(', ');
}
