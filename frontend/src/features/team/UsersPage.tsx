// The people of the firm: who they are, what they may do, how they sign in, who was asked to join, and the seats.
import { Button, Switch } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api } from '@/api/client';
import { teamQuery } from '@/api/queries';
import type { Invitation, Member } from '@/api/types';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatCount } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import { InvitationRow } from './InvitationRow';
import { MemberRow } from './MemberRow';
import { SettingsTabs } from './SettingsTabs';
import classes from './Team.module.css';

const InviteDialog = lazy(() => import('./InviteDialog'));
const RoleDialog = lazy(() => import('./RoleDialog'));
const LeaveDialog = lazy(() => import('./LeaveDialog'));
const ResetDialog = lazy(() => import('./ResetDialog'));
const LinkDialog = lazy(() => import('./LinkDialog'));

export type Doing =
  | { what: 'invite' }
  | { what: 'role' | 'leave' | 'reset'; member: Member }
  | { what: 'link'; link: string; invitation: Invitation };

export function UsersPage() {
  const can = useCan();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(teamQuery());
  const [doing, setDoing] = useState<Doing | null>(null);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: teamQuery().queryKey });
  const close = () => {
    setDoing(null);
    refresh();
  };
  const everybody = useMutation({
    mutationFn: (requireTotp: boolean) => api.PUT('/api/settings/sign-in', { body: { requireTotp } }),
    onSuccess: (_, on) => {
      done(on ? 'Everybody needs a second factor now.' : 'Only who administers needs a second factor now.');
      refresh();
    },
    onError: failed,
  });
  const seats =
    data &&
    (data.seats.limit < 0
      ? `${formatCount(data.seats.used)} seats used, unlimited`
      : `${formatCount(data.seats.used)} of ${formatCount(data.seats.limit)} seats used`);
  const admins = data?.members.filter((one) => one.active && one.role === 'admin').length ?? 0;
  return (
    <Page
      title="Users and roles"
      crumbs={[{ label: 'Settings' }]}
      sub={seats ? `${seats}. Portal users do not count.` : undefined}
      actions={<Button onClick={() => setDoing({ what: 'invite' })}>Invite somebody</Button>}
    >
      <SettingsTabs current="people" />
      {error && !data ? (
        <ErrorCard error={error} what="The team" onRetry={() => void refetch()} />
      ) : (
        <div className="z-stack-lg">
          <section className="z-card" aria-labelledby="people">
            <header>
              <h2 id="people">People</h2>
            </header>
            {!data ? (
              <RowsSkeleton rows={6} />
            ) : (
              <>
                <div className={`${classes.row} ${classes.head}`} aria-hidden="true">
                  <span>Name</span>
                  <span>Role</span>
                  <span>Second factor</span>
                  <span>Last seen</span>
                  <span style={{ width: 28 }} />
                </div>
                <ul className={classes.rows}>
                  {data.members.map((member) => (
                    <MemberRow
                      key={member.id}
                      member={member}
                      lastAdmin={admins <= 1}
                      onDo={setDoing}
                      onChanged={refresh}
                    />
                  ))}
                </ul>
              </>
            )}
          </section>
          <section className="z-card" aria-labelledby="invited">
            <header>
              <h2 id="invited">Invited</h2>
            </header>
            {!data ? (
              <RowsSkeleton rows={1} />
            ) : data.invitations.length === 0 ? (
              <EmptyNote
                icon={IconUsers}
                text="Nobody is invited. An invitation is a link that works once, for 7 days."
              />
            ) : (
              <ul className={classes.rows}>
                {data.invitations.map((one) => (
                  <InvitationRow key={one.id} invitation={one} onLink={setDoing} onChanged={refresh} />
                ))}
              </ul>
            )}
          </section>
          {data && can('sign_in.settings') && (
            <section className="z-card" aria-labelledby="signing-in">
              <header>
                <h2 id="signing-in">Signing in</h2>
              </header>
              <div className="z-card-body">
                <Switch
                  label="Everybody needs a second factor"
                  description="Administrators always do. Whoever has none reaches only its set-up until it is done."
                  checked={data.requireTotp}
                  disabled={everybody.isPending}
                  onChange={(event) => everybody.mutate(event.currentTarget.checked)}
                />
              </div>
            </section>
          )}
        </div>
      )}
      <Suspense fallback={null}>
        {doing?.what === 'invite' && (
          <InviteDialog
            onClose={close}
            onInvited={(link, invitation) => setDoing({ what: 'link', link, invitation })}
          />
        )}
        {doing?.what === 'link' && <LinkDialog link={doing.link} invitation={doing.invitation} onClose={close} />}
        {doing?.what === 'role' && <RoleDialog member={doing.member} onClose={close} />}
        {doing?.what === 'leave' && <LeaveDialog member={doing.member} team={data?.members ?? []} onClose={close} />}
        {doing?.what === 'reset' && <ResetDialog member={doing.member} onClose={close} />}
      </Suspense>
    </Page>
  );
}
