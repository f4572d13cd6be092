// The inbox: what waits for me, what I asked for, all of the firm; the change beside it. On a phone one after the other.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { toApiError } from '@/api/error';
import { approvalQuery, approvalsQuery } from '@/api/queries';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useCan, useMe } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { After300, RowsSkeleton } from '@/components/Skeletons';
import classes from './Approvals.module.css';
import { Change } from './Change';
import { Queue } from './Queue';
import type { ApprovalSearch } from './search';

export function ApprovalsPage({ id }: { id?: number }) {
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const search: ApprovalSearch = useSearch({ strict: false });
  const wide = useMediaQuery('(min-width: 900px)', true, { getInitialValueInEffect: false });
  const list = useQuery(approvalsQuery(search.inbox ?? 'for_me', search.over ?? false));
  const items = list.data?.items ?? [];
  const shown = id ?? (wide ? items[0]?.id : undefined);
  const one = useQuery({ ...approvalQuery(shown ?? 0), enabled: shown !== undefined });
  const open = (next: number | undefined) =>
    next === undefined
      ? navigate({ to: '/approvals', search })
      : navigate({ to: '/approvals/$approvalId', params: { approvalId: String(next) }, search });
  const move = (step: number) => {
    const at = items.findIndex((item) => item.id === shown);
    const next = items[at + step];
    if (next) void open(next.id);
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) }, keysOn(me));
  // The address of a change that is not in this list still shows it; the list stays as it is.
  useEffect(() => {
    if (one.error) void list.refetch();
  }, [one.error, list.refetch]);
  const after = () => {
    const at = items.findIndex((item) => item.id === shown);
    const next = search.inbox ? undefined : (items[at + 1] ?? items[at - 1]);
    if (next) void open(next.id);
    else if (shown !== undefined) void open(shown);
  };
  return (
    <Page
      title={id === undefined ? 'Approvals' : (one.data?.about ?? 'Change')}
      heading="Approvals"
      crumbs={id === undefined ? [] : [{ label: 'Approvals', to: '/approvals' }]}
      actions={
        can('approvals.view') && (
          <Button variant="default" component={Link} to="/settings/approvals">
            Approval levels
          </Button>
        )
      }
    >
      {list.error && !list.data ? (
        <ErrorCard error={list.error} what="The list" onRetry={() => void list.refetch()} />
      ) : (
        <div className={classes.split} data-open={id !== undefined || undefined}>
          <Queue list={list.data} search={search} shown={shown} />
          <div className={classes.detail}>
            {one.error && !one.data && toApiError(one.error).status === 404 ? (
              <EmptyNote icon={IconFileOff} text="We can't find this change, or you can't open it.">
                <Button variant="default" component={Link} to="/approvals">
                  Open what waits for you
                </Button>
              </EmptyNote>
            ) : one.error && !one.data ? (
              <ErrorCard error={one.error} what="The change" onRetry={() => void one.refetch()} />
            ) : one.data ? (
              <Change key={`${one.data.id}/${one.data.version}`} one={one.data} onDecided={after} />
            ) : shown !== undefined ? (
              <After300>
                <RowsSkeleton rows={6} />
              </After300>
            ) : null}
          </div>
        </div>
      )}
    </Page>
  );
}
