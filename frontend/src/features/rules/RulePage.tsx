// One rule: what it says and why, whom it touches, and a try with your own facts.
import { Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ruleQuery } from '@/api/queries';
import type { RuleDetail } from '@/api/types';
import { useCan } from '@/app/me';
import { PageError } from '@/components/ErrorCard';
import { LinkTabs } from '@/components/LinkTabs';
import { NotFound } from '@/components/NotFound';
import { Page } from '@/components/Page';
import { PendingNotice } from '@/components/PendingNotice';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { AboutTab } from './AboutTab';
import { RuleClients } from './RuleClients';
import { FREQUENCIES, KINDS, stateLook } from './words';

const FirmTab = lazy(() => import('./FirmTab'));
const TryTab = lazy(() => import('./TryTab'));
const route = getRouteApi('/_app/rules/$code/{-$tab}');

export function RulePage() {
  const { code } = route.useParams();
  const { data, error, refetch } = useQuery(ruleQuery(code));
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  return <RuleView key={data.code} rule={data} />;
}

function RuleView({ rule }: { rule: RuleDetail }) {
  const can = useCan();
  const { tab = 'rule' } = route.useParams();
  const tabs = [
    { key: 'rule', title: 'The rule', count: undefined },
    { key: 'clients', title: 'Clients', count: rule.clients },
    { key: 'firm', title: 'Your firm', count: undefined },
    ...(rule.plannable ? [{ key: 'try', title: 'Try it', count: undefined }] : []),
  ];
  if (!tabs.some((one) => one.key === tab)) return <NotFound />;
  return (
    <Page
      title={rule.code}
      heading={rule.title}
      crumbs={[{ label: 'Rule library', to: '/rules' }]}
      badge={
        <StateBadge look={stateLook(rule.state)} pill detail={rule.tracked ? 'planned here' : 'not planned here'} />
      }
      actions={
        rule.plannable &&
        can('relaxations.preview') && (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/relaxations/new" search={{ code: [rule.code] }} />}
            leftSection={<IconCalendarPlus size={14} />}
          >
            Extend due dates
          </Button>
        )
      }
      sub={
        <>
          <span className="z-tag">{rule.regulator}</span>
          <span className="mono">{rule.code}</span>
          <span aria-hidden="true">·</span>
          <span>{KINDS[rule.kind] ?? rule.kind}</span>
          <span aria-hidden="true">·</span>
          <span>{FREQUENCIES[rule.frequency] ?? rule.frequency}</span>
        </>
      }
    >
      <LinkTabs
        label="Parts of the rule"
        current={tab}
        items={tabs.map(({ key, title, count }) => ({
          key,
          title,
          count,
          to: '/rules/$code/{-$tab}',
          params: { code: rule.code, ...(key === 'rule' ? {} : { tab: key }) } as Record<string, string>,
        }))}
      />
      {tab !== 'clients' && <PendingNotice on={`return:${rule.code}`} />}
      {tab === 'rule' && <AboutTab rule={rule} />}
      {tab === 'clients' && <RuleClients code={rule.code} />}
      {tab === 'firm' && (
        <Suspense fallback={<PageSkeleton />}>
          <FirmTab rule={rule} />
        </Suspense>
      )}
      {tab === 'try' && (
        <Suspense fallback={<PageSkeleton />}>
          <TryTab rule={rule} />
        </Suspense>
      )}
    </Page>
  );
}
