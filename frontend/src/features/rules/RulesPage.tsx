// The rule library: every rule by state, with filters in the URL; the server filters, sorts, counts and pages.
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { rulesQuery } from '@/api/queries';
import type { RuleRow } from '@/api/types';
import { keysOn, useMe } from '@/app/me';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { StateBadge } from '@/components/StatusBadge';
import { plural } from '@/lib/format';
import { ruleColumns } from './columns';
import { LibraryTabs } from './LibraryTabs';
import { RULE_SIZE, RULE_SORT, type RuleSearch, toRuleQuery } from './search';
import { FREQUENCIES, stateLook } from './words';

const RuleFilters = lazy(() => import('./RuleFilters'));
const route = getRouteApi('/_app/rules/');

export function RulesPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(rulesQuery(toRuleQuery(search)));
  const filtered = Boolean(
    search.q || search.regulator || search.kind || search.frequency || search.grade || search.tracked || search.own,
  );
  const change = (part: Partial<RuleSearch>) =>
    void navigate({ to: '/rules', search: { ...search, page: undefined, ...part }, replace: true });
  const open = (rule: RuleRow) => void navigate({ to: '/rules/$code/{-$tab}', params: { code: rule.code } });

  return (
    <Page title="Rule library" flush>
      <LibraryTabs current={search.state ?? 'all'} search={search} counts={data?.counts} />
      <Suspense fallback={<div style={{ height: 45 }} />}>
        <RuleFilters search={search} regulators={data?.regulators ?? []} onChange={change} filtered={filtered} />
      </Suspense>
      {error && !data ? (
        <div style={{ padding: 'var(--z-page-x)' }}>
          <ErrorCard error={error} what="The library" onRetry={() => void refetch()} />
        </div>
      ) : (
        <DataTable
          caption="Rules"
          columns={ruleColumns}
          rows={data?.items}
          rowKey={(row) => row.code}
          onOpen={open}
          keys={keysOn(me)}
          sort={search.sort ?? RULE_SORT}
          onSort={(sort) => change({ sort: sort.join() === RULE_SORT.join() ? undefined : sort })}
          page={search.page ?? 1}
          perPage={search.size ?? RULE_SIZE}
          total={data?.total ?? 0}
          onPage={(page) => change({ page: page === 1 ? undefined : page })}
          onPerPage={(size) => change({ size: size === RULE_SIZE ? undefined : size })}
          busy={isFetching && isPlaceholderData}
          renderCard={(rule) => (
            <Link to="/rules/$code/{-$tab}" params={{ code: rule.code }} className={cardClass}>
              <span className="z-between">
                <span className="z-strong z-clip">
                  <span className="mono">{rule.code}</span> {rule.title}
                </span>
                <StateBadge look={stateLook(rule.state)} />
              </span>
              <span className="z-between z-2">
                <span className="z-clip">
                  {rule.regulator} · {rule.due || FREQUENCIES[rule.frequency]}
                </span>
                {rule.clients > 0 && <span className="num z-nowrap">{plural(rule.clients, 'client')}</span>}
              </span>
            </Link>
          )}
          empty={
            <EmptyNote icon={IconFilterOff} text="No rules match these filters.">
              <Button variant="default" onClick={() => void navigate({ to: '/rules', search: {} })}>
                Clear filters
              </Button>
            </EmptyNote>
          }
        />
      )}
    </Page>
  );
}
