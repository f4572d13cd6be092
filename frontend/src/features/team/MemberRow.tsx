// One person of the firm, with what can be done about them in a menu.
import { IconShieldCheck } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Member } from '@/api/types';
import { roleTitle, useMe } from '@/app/me';
import { formatInstant } from '@/lib/format';
import classes from './Team.module.css';
import type { Doing } from './UsersPage';

// The menu brings its positioning code along: it comes after the page.
const MemberMenu = lazy(() => import('./MemberMenu'));

type Props = { member: Member; lastAdmin: boolean; onDo: (doing: Doing) => void; onChanged: () => void };

export function MemberRow({ member, lastAdmin, onDo, onChanged }: Props) {
  const me = useMe();
  const self = member.id === me.user.id;
  const last = lastAdmin && member.active && member.role === 'admin';
  return (
    <li className={classes.row} data-off={!member.active || undefined}>
      <span className={`${classes.wide} z-clip`}>
        <span className="z-strong">{member.displayName}</span>
        {self && <span className="z-2"> (you)</span>}
        <span className="z-2 z-small z-clip" style={{ display: 'block' }}>
          {member.email}
        </span>
      </span>
      <span className={classes.wide}>{member.roleName ?? roleTitle(member.role)}</span>
      <span className={`${classes.wide} z-row`} style={{ gap: 4 }}>
        {member.secondFactor && <IconShieldCheck size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />}
        {member.secondFactor ? 'On' : <span className="z-2">Off</span>}
        <span className="z-hide"> (second factor)</span>
      </span>
      <span className={`${classes.wide} z-2`}>
        {member.active ? (member.lastSeenAt ? formatInstant(member.lastSeenAt) : 'Never signed in') : 'Deactivated'}
      </span>
      <Suspense fallback={<span className={classes.menu} />}>
        <MemberMenu member={member} self={self} last={last} onDo={onDo} onChanged={onChanged} />
      </Suspense>
    </li>
  );
}
