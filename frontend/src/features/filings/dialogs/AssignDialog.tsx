// Who does this filing.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usersQuery } from '@/api/queries';
import type { FilingDetail } from '@/api/types';
import { roleTitle, useMe } from '@/app/me';
import { done } from '@/lib/notify';
import { useFilingChange } from '../useFilingChange';
import { DialogForm } from './DialogForm';

export function AssignDialog({ filing, onClose }: { filing: FilingDetail; onClose: () => void }) {
  const me = useMe();
  const users = useQuery(usersQuery());
  const [who, setWho] = useState<string | null>(filing.assignee ? String(filing.assignee.id) : null);
  const change = useFilingChange(filing, (changed) => {
    done(changed.assignee ? `Assigned to ${changed.assignee.displayName}.` : 'Nobody is assigned now.');
    onClose();
  });
  const people = (users.data?.items ?? [])
    .filter((user) => user.active !== false)
    .map((user) => ({
      value: String(user.id),
      label: `${user.displayName}${user.id === me.user.id ? ' (me)' : ''}, ${roleTitle(user.role)}`,
    }));
  return (
    <DialogForm
      title={`Assign ${filing.code} ${filing.periodLabel}`}
      filingId={filing.id}
      onClose={onClose}
      onSubmit={() => change.mutate({ assigneeId: who ? Number(who) : null })}
      error={change.error ?? users.error}
      busy={change.isPending}
      act="Assign"
      keep="Keep as it is"
    >
      <Select
        label="Assignee"
        placeholder="Nobody"
        data={people}
        value={who}
        onChange={setWho}
        searchable
        clearable
        nothingFoundMessage="Nobody by that name"
        data-autofocus
        clearButtonProps={{ 'aria-label': 'Nobody' }}
      />
    </DialogForm>
  );
}
