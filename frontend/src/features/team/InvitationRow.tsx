// Somebody who was asked to join: a new link, or an end to it.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { Invitation } from '@/api/types';
import { roleTitle } from '@/app/me';
import { WriteButton } from '@/components/WriteButton';
import { formatInstant } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import classes from './Team.module.css';
import type { Made } from './UsersPage';

type Props = { invitation: Invitation; onLink: (made: Made) => void; onChanged: () => void };

export function InvitationRow({ invitation, onLink, onChanged }: Props) {
  const params = { path: { id: invitation.id } };
  const renew = useMutation({
    mutationFn: () => unwrap(api.POST('/api/users/invitations/{id}/link', { params })),
    onSuccess: (answer) => onLink({ link: answer.link, invitation: answer.invitation }),
    onError: failed,
  });
  const revoke = useMutation({
    mutationFn: () => api.DELETE('/api/users/invitations/{id}', { params }),
    onSuccess: () => {
      done('Invitation revoked.');
      onChanged();
    },
    onError: failed,
  });
  return (
    <li className={classes.row}>
      <span className={`${classes.wide} z-clip`}>
        <span className="z-strong">{invitation.displayName}</span>
        <span className="z-2 z-small z-clip" style={{ display: 'block' }}>
          {invitation.email}
        </span>
      </span>
      <span className={classes.wide}>{invitation.roleName ?? roleTitle(invitation.role)}</span>
      <span className={`${classes.wide} z-2`} style={{ gridColumn: 'span 2' }}>
        {invitation.expired ? 'The link is over' : `The link works until ${formatInstant(invitation.expiresAt)}`}
      </span>
      <span className="z-row">
        <WriteButton
          variant="default"
          loading={renew.isPending}
          aria-label={`Send a new link to ${invitation.displayName}`}
          onClick={() => renew.mutate()}
        >
          New link
        </WriteButton>
        <Button
          variant="default"
          loading={revoke.isPending}
          aria-label={`Revoke the invitation of ${invitation.displayName}`}
          onClick={() => revoke.mutate()}
        >
          Revoke
        </Button>
      </span>
    </li>
  );
}
