// One person of the firm, with what can be done about them in a menu.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, ifMatch } from '@/api/client';
import type { Member } from '@/api/types';
import { roleTitle, useMe } from '@/app/me';
import { formatInstant } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import classes from './Team.module.css';
import type { Doing } from './UsersPage';

type Props = { member: Member; lastAdmin: boolean; onDo: (doing: Doing) => void; onChanged: () => void };

export function MemberRow({ member, lastAdmin, onDo, onChanged }: Props) {
  const me = useMe();
  const self = member.id === me.user.id;
  const last = lastAdmin && member.active && member.role === 'admin';
  const back = useMutation({
    mutationFn: () =>
      api.POST('/api/users/{id}/reactivate', {
        params: { path: { id: member.id }, header: ifMatch(member.version) },
      }),
    onSuccess: () => {
      done(`${member.displayName} can sign in again.`);
      onChanged();
    },
    onError: failed,
  });
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
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${member.displayName}`}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {last && <Menu.Label>The last active administrator stays one.</Menu.Label>}
          {self && !last && <Menu.Label>Another administrator changes you.</Menu.Label>}
          <Menu.Item disabled={self || last} onClick={() => onDo({ what: 'role', member })}>
            Change role…
          </Menu.Item>
          {member.secondFactor && (
            <Menu.Item disabled={self} onClick={() => onDo({ what: 'reset', member })}>
              Reset second factor…
            </Menu.Item>
          )}
          {member.active ? (
            <Menu.Item disabled={self || last} onClick={() => onDo({ what: 'leave', member })}>
              Deactivate…
            </Menu.Item>
          ) : (
            <Menu.Item onClick={() => back.mutate()}>Let in again</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
