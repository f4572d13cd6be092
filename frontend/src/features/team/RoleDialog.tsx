// Give somebody another role.
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch } from '@/api/client';
import { toApiError } from '@/api/error';
import type { Member } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { FormSummary } from '@/components/FormSummary';
import { useRefreshApprovals } from '@/features/approvals/useRefreshApprovals';
import { done, whenWaiting } from '@/lib/notify';
import { postOf, RoleSelect } from './RoleSelect';

export default function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [role, setRole] = useState(member.customRoleId ? `custom:${member.customRoleId}` : (member.role ?? 'viewer'));
  const [note, setNote] = useState('');
  const refresh = useRefreshApprovals();
  const save = useMutation({
    mutationFn: () =>
      api.PATCH('/api/users/{id}', {
        params: { path: { id: member.id }, header: ifMatch(member.version) },
        body: { ...postOf(role), ...noteOf(note) },
      }),
    onError: whenWaiting(() => {
      refresh();
      onClose();
    }),
    onSuccess: () => {
      done(`${member.displayName} has the new role.`);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Role of ${member.displayName}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={save.error}
          labels={{ role: 'Role', reason: 'Note' }}
          ids={{ role: 'member-role', reason: 'member-note' }}
        />
        <RoleSelect
          id="member-role"
          value={role}
          onChange={setRole}
          error={save.error ? toApiError(save.error).fields.role : undefined}
        />
        <p className="z-2" style={{ margin: 0 }}>
          It holds from their next click on.
        </p>
        <ApprovalNote id="member-note" value={note} onChange={setNote} />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={save.isPending}>
            Change role
          </Button>
        </div>
      </form>
    </Modal>
  );
}
