// The queue: whose, what waits or what is over, and several alike changes approved together.
import { Checkbox, Kbd, NativeSelect } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import type { Inbox } from '@/api/queries';
import type { Proposal } from '@/api/types';
import { useMe } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { FormSummary } from '@/components/FormSummary';
import { Initials } from '@/components/Initials';
import { RowsSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { WriteButton } from '@/components/WriteButton';
import { daysBetween, formatInstant, plural, relativeDue } from '@/lib/format';
import { done } from '@/lib/notify';
import classes from './Approvals.module.css';
import type { ApprovalSearch } from './search';
import { useRefreshApprovals } from './useRefreshApprovals';
import { ageWords, proposalLook } from './words';

type List = { items: Proposal[]; counts: { forMe: number; byMe: number; all: number } };

const LISTS: { value: string; search: ApprovalSearch; label: (list?: List) => string }[] = [
  { value: 'for_me', search: {}, label: (list) => `For me ${list?.counts.forMe ?? ''}` },
  { value: 'by_me', search: { inbox: 'by_me' }, label: (list) => `By me ${list?.counts.byMe ?? ''}` },
  { value: 'all', search: { inbox: 'all' }, label: (list) => `All ${list?.counts.all ?? ''}` },
  { value: 'over', search: { inbox: 'all', over: true }, label: () => 'Decided' },
];

export function Queue({ list, search, shown }: { list?: List; search: ApprovalSearch; shown?: number }) {
  const navigate = useNavigate();
  const [picked, setPicked] = useState<number[]>([]);
  const items = list?.items ?? [];
  const inbox: Inbox = search.inbox ?? 'for_me';
  const chosen = items.filter((item) => picked.includes(item.id));
  const alike = chosen[0]?.alike;
  // Ticking is offered only where there are several alike.
  const twins = (item: Proposal) => inbox === 'for_me' && items.filter((one) => one.alike === item.alike).length > 1;
  return (
    <section className={classes.queue} aria-label="Queue">
      <div className={classes.queueHead}>
        <NativeSelect
          aria-label="Which changes"
          value={search.over ? 'over' : inbox}
          onChange={(event) => {
            const next = LISTS.find((one) => one.value === event.currentTarget.value);
            setPicked([]);
            void navigate({ to: '/approvals', search: next?.search ?? {} });
          }}
          data={LISTS.map(({ value, label }) => ({ value, label: label(list) }))}
        />
        {chosen.length > 1 && <ApproveTogether chosen={chosen} onDone={() => setPicked([])} />}
      </div>
      {!list ? (
        <RowsSkeleton rows={6} />
      ) : items.length === 0 ? (
        <EmptyNote
          icon={IconChecks}
          text={
            search.over
              ? 'Nothing has been decided yet.'
              : inbox === 'for_me'
                ? 'Nothing waits for you.'
                : 'Nothing waits.'
          }
        />
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item.id} className={classes.row} data-on={item.id === shown || undefined}>
              {twins(item) && (
                <div className={classes.pick}>
                  <Checkbox
                    size="xs"
                    aria-label={`Confirm ${item.about} for approval with others`}
                    checked={picked.includes(item.id)}
                    disabled={alike !== undefined && item.alike !== alike}
                    onChange={(event) => {
                      const on = event.currentTarget.checked;
                      setPicked((now) => (on ? [...now, item.id] : now.filter((one) => one !== item.id)));
                    }}
                  />
                </div>
              )}
              <Line item={item} search={search} on={item.id === shown} />
            </li>
          ))}
        </ul>
      )}
      {items.length > 1 && inbox === 'for_me' && (
        <p className={classes.keys}>
          <Kbd>J</Kbd> <Kbd>K</Kbd> move <Kbd>A</Kbd> approve <Kbd>B</Kbd> send back
        </p>
      )}
    </section>
  );
}

function Line({ item, search, on }: { item: Proposal; search: ApprovalSearch; on: boolean }) {
  const me = useMe();
  return (
    <Link
      to="/approvals/$approvalId"
      params={{ approvalId: String(item.id) }}
      search={search}
      className={classes.link}
      aria-current={on ? 'true' : undefined}
    >
      <span className={classes.kind}>{item.title}</span>
      <span className={classes.about}>{item.about}</span>
      <span className={classes.by}>
        <Initials name={item.maker.name} />
        <span className="z-clip">
          {item.maker.id === me.user.id ? 'You' : item.maker.name} · {plural(item.changes, 'field')}
        </span>
        <time dateTime={item.proposedAt} title={formatInstant(item.proposedAt)} className="z-nowrap">
          {ageWords(item.proposedAt, me.today)}
        </time>
      </span>
      {(item.dueOn || item.state !== 'pending' || item.levels > 1) && (
        <span className={classes.by}>
          {item.state === 'pending' && item.levels > 1 && (
            <span>
              Level {item.level} of {item.levels}
            </span>
          )}
          {item.state !== 'pending' && <StateBadge look={proposalLook(item.state)} />}
          {item.dueOn && item.state === 'pending' && (
            <span className={daysBetween(me.today, item.dueOn) <= 7 ? 'z-warn' : undefined}>
              Due {relativeDue(item.dueOn, me.today)}
            </span>
          )}
        </span>
      )}
    </Link>
  );
}

function ApproveTogether({ chosen, onDone }: { chosen: Proposal[]; onDone: () => void }) {
  const refresh = useRefreshApprovals();
  const approve = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/approvals/approve', {
          body: { items: chosen.map(({ id, version }) => ({ id, version, confirmed: true })) },
        }),
      ),
    onSuccess: (answer) => {
      refresh();
      onDone();
      const failed = answer.results.filter((one) => one.error);
      done(
        failed.length
          ? `${answer.done} approved, ${failed.length} could not: ${failed[0]?.error ?? ''}`
          : `${plural(answer.done, 'change')} approved.`,
      );
    },
  });
  return (
    <>
      <FormSummary error={approve.error} labels={{}} ids={{}} />
      <WriteButton size="xs" loading={approve.isPending} onClick={() => approve.mutate()}>
        Approve {chosen.length} alike changes
      </WriteButton>
    </>
  );
}
