// Enter an absence: whose, from when to when, who stands in, for what.
import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { ApprovalPolicy, UserRef } from '@/api/types';
import { useCan, useMe } from '@/app/me';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { MultiChoice } from '@/components/MultiChoice';
import { done } from '@/lib/notify';
import { useRefreshApprovals } from './useRefreshApprovals';

const LABELS = { fromId: 'Who is away', toId: 'Who stands in', starts: 'First day', ends: 'Last day', actions: 'For' };
const IDS = { fromId: 'away-from', toId: 'away-to', starts: 'away-starts', ends: 'away-ends' };

type Props = { policies: ApprovalPolicy[]; people: UserRef[]; onClose: () => void };

export default function AbsenceDialog({ policies, people, onClose }: Props) {
  const me = useMe();
  const can = useCan();
  const refresh = useRefreshApprovals();
  const [from, setFrom] = useState(String(me.user.id));
  const [to, setTo] = useState('');
  const [starts, setStarts] = useState('');
  const [ends, setEnds] = useState('');
  const [actions, setActions] = useState<string[]>([]);
  const [local, setLocal] = useState<unknown>(null);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/approvals/delegations', {
          body: { fromId: Number(from), toId: to ? Number(to) : null, starts, ends, actions },
        }),
      ),
    onSuccess: () => {
      done('Absence entered.');
      refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!starts) gaps.starts = 'Enter the first day.';
    if (!ends) gaps.ends = 'Enter the last day.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error;
  const fields = error ? toApiError(error).fields : {};
  const active = people.filter((one) => one.active !== false);
  const names = active.map((one) => ({ value: String(one.id), label: one.displayName }));
  return (
    <Modal opened onClose={onClose} title="Enter an absence" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={error} labels={LABELS} ids={IDS} />
        {can('policies.edit') && (
          <NativeSelect
            id={IDS.fromId}
            label={LABELS.fromId}
            data={names}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={fields.fromId}
          />
        )}
        <DateField
          id={IDS.starts}
          label={LABELS.starts}
          value={starts}
          onChange={setStarts}
          today={me.today}
          error={fields.starts}
        />
        <DateField
          id={IDS.ends}
          label={LABELS.ends}
          value={ends}
          onChange={setEnds}
          today={me.today}
          error={fields.ends}
        />
        <NativeSelect
          id={IDS.toId}
          label={LABELS.toId}
          description="Decides in the place of whoever is away. Every decision says so."
          data={[{ value: '', label: 'Nobody' }, ...names.filter((one) => one.value !== from)]}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={fields.toId}
        />
        {to && (
          <MultiChoice
            label="For (empty is everything)"
            data={policies.map((policy) => ({ value: policy.action, label: policy.title }))}
            value={actions}
            onChange={setActions}
          />
        )}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={save.isPending}>
            Enter it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
