// Make a role, or change one of the firm's own.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { rolesQuery } from '@/api/queries';
import type { RoleItem } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { FormSummary } from '@/components/FormSummary';
import { useRefreshApprovals } from '@/features/approvals/useRefreshApprovals';
import { done, whenWaiting } from '@/lib/notify';
import { PermissionChoices } from './PermissionChoices';

type Props = { role: RoleItem | null; permissions: { name: string; title: string }[]; onClose: () => void };

export default function RoleForm({ role, permissions, onClose }: Props) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<string[]>(role?.permissions ?? []);
  const [note, setNote] = useState('');
  const refresh = useRefreshApprovals();
  const [local, setLocal] = useState<unknown>(null);
  const save = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), permissions: chosen, ...noteOf(note) };
      if (role?.id == null) await api.POST('/api/roles', { body });
      else {
        await api.PATCH('/api/roles/{id}', {
          params: { path: { id: role.id }, header: ifMatch(role.version) },
          body,
        });
      }
    },
    onError: whenWaiting(() => {
      refresh();
      onClose();
    }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: rolesQuery().queryKey });
      done(role ? 'Role changed.' : 'Role made.');
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!name.trim()) gaps.name = 'Type a name.';
    if (chosen.length === 0) gaps.permissions = 'Choose at least one permission.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const fault = local ?? save.error;
  const fields = fault ? toApiError(fault).fields : {};
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={role ? `Change ${role.name}` : 'New role'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={fault}
          labels={{ name: 'Name', permissions: 'May', reason: 'Note' }}
          ids={{ name: 'role-name', reason: 'role-note' }}
        />
        <TextInput
          id="role-name"
          label="Name"
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fields.name}
          data-autofocus
        />
        <PermissionChoices all={permissions} chosen={chosen} onChange={setChosen} error={fields.permissions} />
        {role && (role.inUse ?? 0) > 0 && (
          <p className="z-2" style={{ margin: 0 }}>
            It holds for whoever has the role from their next click on.
          </p>
        )}
        <ApprovalNote id="role-note" value={note} onChange={setNote} />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={save.isPending}>
            {role ? 'Save role' : 'Make role'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
