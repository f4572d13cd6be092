// Who does these filings.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usersQuery } from '@/api/queries';
import { roleTitle, useMe } from '@/app/me';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';
import { scopeWords } from './SelectionBar';

export function BulkAssign({ scope, bulk, onClose }: BulkDialogProps) {
  const me = useMe();
  const users = useQuery(usersQuery());
  const [who, setWho] = useState<string | null>(String(me.user.id));
  const people = (users.data?.items ?? [])
    .filter((user) => user.active !== false)
    .map((user) => ({
      value: String(user.id),
      label: `${user.displayName}${user.id === me.user.id ? ' (me)' : ''}, ${roleTitle(user.role)}`,
    }));
  const name = users.data?.items.find((user) => String(user.id) === who)?.displayName;
  return (
    <BulkDialog
      title={`Assign ${scopeWords(scope)}`}
      act="Assign"
      bulk={bulk}
      onClose={onClose}
      local={users.error}
      onSubmit={() =>
        bulk.mutate({
          scope,
          change: { assigneeId: who ? Number(who) : null },
          words: name ? `Assigned to ${name}` : 'Nobody is assigned now',
        })
      }
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
    </BulkDialog>
  );
}
