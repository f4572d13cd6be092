// Somebody leaves: says what ends at once, and hands their open work to somebody else in the same step.
import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import { usersQuery } from '@/api/queries';
import type { Member } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { plural } from '@/lib/format';
import { done } from '@/lib/notify';

type Props = { member: Member; team: Member[]; onClose: () => void };

export default function LeaveDialog({ member, team, onClose }: Props) {
  const queryClient = useQueryClient();
  const [heir, setHeir] = useState('');
  const work = member.openFilings + member.clients;
  const leave = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/users/{id}/deactivate', {
          params: { path: { id: member.id }, header: ifMatch(member.version) },
          body: { reassignTo: heir ? Number(heir) : null },
        }),
      ),
    onSuccess: (moved) => {
      void queryClient.invalidateQueries({ queryKey: usersQuery().queryKey });
      void queryClient.invalidateQueries({ queryKey: ['get', '/api/return-filings'] });
      const handed = moved.filings + moved.clients > 0;
      done(
        handed
          ? `${member.displayName} is out. ${plural(moved.filings, 'filing')} and ${plural(moved.clients, 'client')} were handed over.`
          : `${member.displayName} is out.`,
      );
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    leave.mutate();
  };
  const others = team.filter((one) => one.active && one.id !== member.id && one.role !== 'portal');
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Deactivate ${member.displayName}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={leave.error} labels={{ reassignTo: 'Hand over to' }} ids={{ reassignTo: 'heir' }} />
        <p style={{ margin: 0 }}>
          Their sessions, API keys and calendar links end at once, and the seat is free. What they did stays on the
          record. You can let them in again.
        </p>
        {work > 0 ? (
          <>
            <p style={{ margin: 0 }}>
              They have {plural(member.openFilings, 'open filing')} and look after {plural(member.clients, 'client')}.
            </p>
            <NativeSelect
              id="heir"
              label="Hand over to"
              value={heir}
              onChange={(event) => setHeir(event.currentTarget.value)}
              error={leave.error ? toApiError(leave.error).fields.reassignTo : undefined}
              data={[
                { value: '', label: 'Nobody yet: I give it out later' },
                ...others.map((one) => ({ value: String(one.id), label: one.displayName })),
              ]}
            />
          </>
        ) : (
          <p className="z-2" style={{ margin: 0 }}>
            No open work is assigned to them.
          </p>
        )}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose} data-autofocus>
            Keep them
          </Button>
          <Button type="submit" size="sm" color="red" loading={leave.isPending}>
            Deactivate
          </Button>
        </div>
      </form>
    </Modal>
  );
}
