// Every read of the SPA as query options: one place for keys and freshness.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import createQueryApi from 'openapi-react-query';
import { api, unwrap } from './client';
import type { paths } from './schema';

export const $api = createQueryApi(api);

type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;
export type FilingListQuery = QueryOf<'/api/return-filings'>;
export type ClientListQuery = QueryOf<'/api/clients'>;
export type RuleListQuery = QueryOf<'/api/rulebook/returns'>;

export type EventListQuery = QueryOf<'/api/events/awaited'>;

/** Who is signed in, what they may do, the counters, and the server's today. The one boot call. */
export const meQuery = () =>
  queryOptions({
    ...$api.queryOptions('get', '/api/me', {}),
    staleTime: 30_000,
    refetchInterval: 60_000,
    retry: false,
  });

/** Titles and choices that change only with a release. */
export const referenceQuery = () =>
  queryOptions({ ...$api.queryOptions('get', '/api/reference', {}), staleTime: Number.POSITIVE_INFINITY });

/** How one's own second factor stands. */
export const secondFactorQuery = () => $api.queryOptions('get', '/api/auth/totp', {});

/** The firm's people, open invitations and seats. */
export const teamQuery = () => $api.queryOptions('get', '/api/team', {});

/** Every role and every permission. */
export const rolesQuery = () => queryOptions({ ...$api.queryOptions('get', '/api/roles', {}), staleTime: 60_000 });

/** Keys for programs. */
export const keysQuery = () => $api.queryOptions('get', '/api/api-keys', {});

/** The firm's licence, what is in use, and what other plans would change. */
export const licenceQuery = () => $api.queryOptions('get', '/api/license', {});

/** Clients that count, while there are more than the plan allows. */
export const heldClientsQuery = () => $api.queryOptions('get', '/api/license/held-clients', {});

export const usersQuery = () => queryOptions({ ...$api.queryOptions('get', '/api/users', {}), staleTime: 300_000 });

export type Inbox = 'for_me' | 'by_me' | 'all';

/** What waits for approval, or what is over. */
export const approvalsQuery = (inbox: Inbox, over = false) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/approvals', { params: { query: { inbox, over, perPage: 100 } } }),
    placeholderData: keepPreviousData,
  });

export const approvalQuery = (id: number) =>
  $api.queryOptions('get', '/api/approvals/{id}', { params: { path: { id } } });

/** What waits about one record: "client:12". */
export const pendingOnQuery = (on: string) =>
  $api.queryOptions('get', '/api/approvals', { params: { query: { on, inbox: 'all' } } });

export const policiesQuery = () => $api.queryOptions('get', '/api/approvals/policies', {});

export const delegationsQuery = () => $api.queryOptions('get', '/api/approvals/delegations', {});

export const todayQuery = (scope: string) => $api.queryOptions('get', '/api/today', { params: { query: { scope } } });

export const filingsQuery = (query: FilingListQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/return-filings', { params: { query } }),
    placeholderData: keepPreviousData,
  });

/** A list of filings that grows page by page. */
export const filingPagesQuery = (query: FilingListQuery) =>
  infiniteQueryOptions({
    queryKey: ['get', '/api/return-filings', 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET('/api/return-filings', { params: { query: { ...query, page: pageParam } }, signal })),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.page * last.perPage < last.total ? last.page + 1 : undefined),
  });

export type CalendarQuery = QueryOf<'/api/calendar'>;
export type MatrixQuery = QueryOf<'/api/calendar/matrix'>;
export type WorkloadQuery = QueryOf<'/api/workload'>;

export const calendarQuery = (query: CalendarQuery) => $api.queryOptions('get', '/api/calendar', { params: { query } });

export const matrixQuery = (query: MatrixQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/calendar/matrix', { params: { query } }),
    placeholderData: keepPreviousData,
  });

export const workloadQuery = (query: WorkloadQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/workload', { params: { query } }),
    placeholderData: keepPreviousData,
  });

export const clientYearQuery = (id: number, fy: string) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/clients/{id}/year', { params: { path: { id }, query: { fy } } }),
    placeholderData: keepPreviousData,
  });

/** The firm's shared views and one's own, with how many filings each holds. */
export const viewsQuery = (list: 'filings' | 'clients' = 'filings') =>
  queryOptions({
    ...$api.queryOptions('get', '/api/saved-views', { params: { query: list === 'filings' ? {} : { list } } }),
    staleTime: 60_000,
  });

export const searchQuery = (q: string) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/search', { params: { query: { q } } }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export const clientClockQuery = (id: number, fy: string) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/clients/{id}/clock', { params: { path: { id }, query: { fy } } }),
    placeholderData: keepPreviousData,
  });

export const filingQuery = (id: number) =>
  $api.queryOptions('get', '/api/return-filings/{id}', { params: { path: { id } } });

export const clientsQuery = (query: ClientListQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/clients', { params: { query } }),
    placeholderData: keepPreviousData,
  });

export const clientQuery = (id: number) => $api.queryOptions('get', '/api/clients/{id}', { params: { path: { id } } });

export const timelineQuery = (id: number, page: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/clients/{id}/timeline', { params: { path: { id }, query: { page } } }),
    placeholderData: keepPreviousData,
  });

export const importsQuery = (page: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/imports', { params: { query: { page } } }),
    placeholderData: keepPreviousData,
  });

/** All returns of the rule library; they change only with a release or a decision of the firm. */
export const returnsQuery = () =>
  queryOptions({ queryKey: ['get', '/api/rulebook/returns', 'all'], queryFn: everyReturn, staleTime: 300_000 });

/** The library is longer than a page: a choice that is offered must be able to name each return. */
async function everyReturn() {
  const items = [];
  for (let page = 1; ; page++) {
    const one = await unwrap(api.GET('/api/rulebook/returns', { params: { query: { page, perPage: 200 } } }));
    items.push(...one.items);
    if (one.items.length === 0 || items.length >= one.total) return { items };
  }
}

export const relaxationsQuery = (page: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/relaxations', { params: { query: { page } } }),
    placeholderData: keepPreviousData,
  });

export const relaxationQuery = (id: number, page: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/relaxations/{id}', { params: { path: { id }, query: { page } } }),
    placeholderData: keepPreviousData,
  });

/** One import; asked for again every second while its rows are being written. */
export const importQuery = (id: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/imports/{id}', { params: { path: { id } } }),
    refetchInterval: (query) => (query.state.data?.status === 'committing' ? 1_000 : false),
  });

/** The caller's own calendar links, or everybody's. */
export const feedsQuery = (everyone = false) =>
  $api.queryOptions('get', '/api/calendar/feeds', { params: { query: everyone ? { everyone } : {} } });

export const sessionsQuery = () => $api.queryOptions('get', '/api/auth/sessions', {});

export const noticesQuery = (unread: boolean, page: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/notices', { params: { query: { unread, page } } }),
    placeholderData: keepPreviousData,
  });

/** The newest that were not read, for the bell; asked for again whenever its panel opens. */
export const newestNoticesQuery = () =>
  queryOptions({
    ...$api.queryOptions('get', '/api/notices', { params: { query: { unread: true, page: 1, perPage: 8 } } }),
    staleTime: 0,
  });

/** Whom the product tells when, and what the last nightly check did. */
export const ladderQuery = () => $api.queryOptions('get', '/api/notices/ladder', {});

export const rulesQuery = (query: RuleListQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/rulebook/returns', { params: { query } }),
    placeholderData: keepPreviousData,
  });

export const ruleQuery = (code: string) =>
  $api.queryOptions('get', '/api/rulebook/returns/{code}', { params: { path: { code } } });

export const ruleClientsQuery = (code: string, page: number, perPage: number) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/rulebook/returns/{code}/clients', {
      params: { path: { code }, query: { page, perPage } },
    }),
    placeholderData: keepPreviousData,
  });

/** Events that dates wait for, over all clients. */
export const awaitedQuery = (query: EventListQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/events/awaited', { params: { query } }),
    placeholderData: keepPreviousData,
  });

/** Events that were recorded, over all clients. */
export const recordedQuery = (query: EventListQuery) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/events/recorded', { params: { query } }),
    placeholderData: keepPreviousData,
  });

/** The firm's default about breaches, with its version. */
export const firmRulesQuery = () => $api.queryOptions('get', '/api/rulebook/settings', {});

/** Obligations that the firm gives itself. */
export const internalReturnsQuery = () => $api.queryOptions('get', '/api/rulebook/internal-returns', {});

export const internalReturnQuery = (code: string) =>
  $api.queryOptions('get', '/api/rulebook/internal-returns/{code}', { params: { path: { code } } });

export const holidaysQuery = (year: number, calendar: string) =>
  queryOptions({
    ...$api.queryOptions('get', '/api/rulebook/holidays', {
      params: { query: { from: `${year}-01-01`, to: `${year}-12-31`, calendar } },
    }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
export type JournalQuery = QueryOf<'/api/journal'>;

/** The audit trail, which grows page by page towards the past. */
export const journalPagesQuery = (query: JournalQuery) =>
  infiniteQueryOptions({
    queryKey: ['get', '/api/journal', 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      unwrap(api.GET('/api/journal', { params: { query: { ...query, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const journalEntryQuery = (id: number) =>
  $api.queryOptions('get', '/api/journal/{id}', { params: { path: { id } } });

export const journalActionsQuery = () => $api.queryOptions('get', '/api/journal/actions', {});

export const sealQuery = () => $api.queryOptions('get', '/api/journal/seal', {});

/** Reads every entry again; asked for by a button only. */
export const journalVerifyQuery = () =>
  queryOptions({ ...$api.queryOptions('get', '/api/journal/verify', {}), retry: false, gcTime: 0 });
