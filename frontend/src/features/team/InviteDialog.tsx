// Ask somebody to join the firm.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { Invitation } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { FormSummary } from '@/components/FormSummary';
import { useRefreshApprovals } from '@/features/approvals/useRefreshApprovals';
import { whenWaiting } from '@/lib/notify';
import { postOf, RoleSelect } from './RoleSelect';

type Props = { onClose: () => void; onInvited: (link: string, invitation: Invitation) => void };

export default function InviteDialog({ onClose, onInvited }: Props) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('analyst');
  const [note, setNote] = useState('');
  const refresh = useRefreshApprovals();
  const [local, setLocal] = useState<unknown>(null);
  const invite = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/users/invitations', {
          body: { displayName: name.trim(), email: email.trim(), ...postOf(role), ...noteOf(note) },
        }),
      ),
    onError: whenWaiting(() => {
      refresh();
      onClose();
    }),
    onSuccess: (answer) => onInvited(answer.link, answer.invitation),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!name.trim()) gaps.displayName = 'Type the name.';
    if (!email.trim()) gaps.email = 'Type the e-mail.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) invite.mutate();
  };
  const fault = local ?? invite.error;
  const fields = fault ? toApiError(fault).fields : {};
  return (
    <Modal opened onClose={onClose} title="Invite somebody" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={fault}
          labels={{ displayName: 'Name', email: 'E-mail', role: 'Role', reason: 'Note' }}
          ids={{ displayName: 'invite-name', email: 'invite-email', role: 'invite-role', reason: 'invite-note' }}
        />
        <TextInput
          id="invite-name"
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fields.displayName}
          autoComplete="off"
          data-autofocus
        />
        <TextInput
          id="invite-email"
          label="E-mail"
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fields.email}
          autoComplete="off"
        />
        <RoleSelect id="invite-role" value={role} onChange={setRole} error={fields.role ?? fields.customRoleId} />
        <p className="z-2" style={{ margin: 0 }}>
          They get a link that works once, for 7 days, and a seat is taken from then on. When your firm asks for a
          second person, the link goes out once that person agrees.
        </p>
        <ApprovalNote id="invite-note" value={note} onChange={setNote} error={fields.reason} />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={invite.isPending}>
            Invite
          </Button>
        </div>
      </form>
    </Modal>
  );
}
