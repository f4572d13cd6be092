// Settings: the people of the firm, who is invited, and how everybody signs in.
import { IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { teamQuery } from '@/api/queries';
import type { Invitation, Member } from '@/api/types';
import { useDialog } from '@/app/dialog';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { NoRight } from '@/components/NoRight';
import { Page } from '@/components/Page';
import { PendingOfAction } from '@/components/PendingNotice';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { formatCount } from '@/lib/format';
import { InvitationRow } from './InvitationRow';
import { PeopleTable } from './PeopleTable';
import { SettingsTabs } from './SettingsTabs';
import { SigningInCard } from './SigningInCard';
import type { Dialog, TeamSearch } from './search';
import classes from './Team.module.css';

const InviteDialog = lazy(() => import('./InviteDialog'));
const RoleDialog = lazy(() => import('./RoleDialog'));
const LeaveDialog = lazy(() => import('./LeaveDialog'));
const ResetDialog = lazy(() => import('./ResetDialog'));
const LinkDialog = lazy(() => import('./LinkDialog'));
const route = getRouteApi('/_app/settings/users');

/** The link of an invitation: shown once, so it is not in the address. */
export type Made = { link: string; invitation: Invitation };

export function UsersPage() {
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const search = route.useSearch();
  const may = can('users.manage');
  const { data, error, refetch } = useQuery({ ...teamQuery(), enabled: may });
  const [made, setMade] = useState<Made | null>(null);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: teamQuery().queryKey });
  const go = (part: Partial<TeamSearch>) =>
    void navigate({ to: '/settings/users', search: { ...search, ...part }, replace: true });
  const dialog = useDialog();
  const open = (name: Dialog, member?: Member) => dialog.open(name, member?.id);
  const close = () => {
    setMade(null);
    dialog.close();
    refresh();
  };
  const seats =
    data &&
    (data.seats.limit < 0
      ? `${formatCount(data.seats.used)} seats used, unlimited`
      : `${formatCount(data.seats.used)} of ${formatCount(data.seats.limit)} seats used`);
  const about = data?.members.find((one) => String(one.id) === dialog.who);
  return (
    <Page
      title="Users and roles"
      flush
      crumbs={[{ label: 'Settings' }]}
      sub={seats ? `${seats}. Portal users do not count.` : undefined}
      actions={may && <WriteButton onClick={() => open('invite')}>Invite somebody</WriteButton>}
    >
      <SettingsTabs current="people" />
      {may && <PendingOfAction action="access.change" />}
      {!may ? (
        <NoRight what="invite people, change their role or let them go" />
      ) : error && !data ? (
        <div className={classes.below}>
          <ErrorCard error={error} what="The team" onRetry={() => void refetch()} />
        </div>
      ) : (
        <>
          <PeopleTable members={data?.members} search={search} onSearch={go} onDo={open} onChanged={refresh} />
          <div className={classes.below}>
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
                    <InvitationRow key={one.id} invitation={one} onLink={setMade} onChanged={refresh} />
                  ))}
                </ul>
              )}
            </section>
            {data && can('sign_in.settings') && (
              <SigningInCard everybody={data.requireTotp} team={data.members} onChanged={refresh} />
            )}
          </div>
        </>
      )}
      <Suspense fallback={null}>
        {made ? (
          <LinkDialog {...made} onClose={close} />
        ) : (
          may &&
          dialog.name === 'invite' && (
            <InviteDialog onClose={close} onInvited={(link, invitation) => setMade({ link, invitation })} />
          )
        )}
        {about && dialog.name === 'role' && <RoleDialog member={about} onClose={close} />}
        {about && dialog.name === 'leave' && <LeaveDialog member={about} team={data?.members ?? []} onClose={close} />}
        {about && dialog.name === 'reset' && <ResetDialog member={about} onClose={close} />}
      </Suspense>
    </Page>
  );
}
