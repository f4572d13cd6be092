// Make a key: what it is for, what it may do, its last day. It is shown once, at once or when it was approved.
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { rolesQuery } from '@/api/queries';
import { useMe } from '@/app/me';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { useRefreshApprovals } from '@/features/approvals/useRefreshApprovals';
import { PermissionChoices } from '@/features/team/PermissionChoices';
import { whenWaiting } from '@/lib/notify';
import KeyShown from './KeyShown';

export default function KeyDialog({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const { data: roles } = useQuery(rolesQuery());
  const [name, setName] = useState('');
  const [until, setUntil] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const refresh = useRefreshApprovals();
  const [local, setLocal] = useState<unknown>(null);
  const make = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/api-keys', {
          body: { name: name.trim(), permissions: chosen, expiresOn: until, ...noteOf(note) },
        }),
      ),
    onError: whenWaiting(() => {
      refresh();
      onClose();
    }),
  });
  if (make.data) return <KeyShown secret={make.data.key} onClose={onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!name.trim()) gaps.name = 'Say what the key is for.';
    if (!until) gaps.expiresOn = 'Choose its last day.';
    if (chosen.length === 0) gaps.permissions = 'Choose at least one permission.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) make.mutate();
  };
  const fault = local ?? make.error;
  const fields = fault ? toApiError(fault).fields : {};
  return (
    <Modal opened onClose={onClose} size="lg" title="New key" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={fault}
          labels={{ name: 'What for', permissions: 'May', expiresOn: 'Last day', reason: 'Note' }}
          ids={{ name: 'key-name', expiresOn: 'key-until', reason: 'key-note' }}
        />
        <TextInput
          id="key-name"
          label="What for"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fields.name}
          data-autofocus
        />
        <DateField
          id="key-until"
          label="Last day"
          help="At most a year from now."
          value={until}
          onChange={setUntil}
          today={me.today}
          error={fields.expiresOn}
        />
        <PermissionChoices
          all={roles?.permissions ?? []}
          chosen={chosen}
          onChange={setChosen}
          error={fields.permissions}
        />
        <ApprovalNote
          id="key-note"
          value={note}
          onChange={setNote}
          error={fields.reason}
          description="When a second person has to agree, you collect the key here once they did."
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={make.isPending}>
            Make key
          </Button>
        </div>
      </form>
    </Modal>
  );
}
