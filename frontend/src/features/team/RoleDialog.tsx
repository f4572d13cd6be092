// Give somebody another role.
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch } from '@/api/client';
import { toApiError } from '@/api/error';
import type { Member } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';
import { postOf, RoleSelect } from './RoleSelect';

export default function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [role, setRole] = useState(member.customRoleId ? `custom:${member.customRoleId}` : (member.role ?? 'viewer'));
  const save = useMutation({
    mutationFn: () =>
      api.PATCH('/api/users/{id}', {
        params: { path: { id: member.id }, header: ifMatch(member.version) },
        body: postOf(role),
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
        <FormSummary error={save.error} labels={{ role: 'Role' }} ids={{ role: 'member-role' }} />
        <RoleSelect
          id="member-role"
          value={role}
          onChange={setRole}
          error={save.error ? toApiError(save.error).fields.role : undefined}
        />
        <p className="z-2" style={{ margin: 0 }}>
          It holds from their next click on.
        </p>
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
