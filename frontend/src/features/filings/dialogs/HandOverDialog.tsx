// Who holds the filing from now on, and what is waited for.
import { Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { filingQuery } from '@/api/queries';
import type { FilingDetail } from '@/api/types';
import { done } from '@/lib/notify';
import { holderWith } from '../holders';
import { useRefreshFilings } from '../useFilingChange';
import { DialogForm } from './DialogForm';

const CHOICES = [
  { value: 'client', label: 'The client', note: 'papers, signatures, answers' },
  { value: 'regulator', label: 'The regulator', note: 'its portal or its answer' },
  { value: 'ours', label: 'Us', note: 'everything is here' },
];

export function HandOverDialog({ filing, onClose }: { filing: FilingDetail; onClose: () => void }) {
  const queryClient = useQueryClient();
  const refresh = useRefreshFilings();
  const now = filing.clock?.holder;
  const choices = CHOICES.filter((choice) => choice.value !== now);
  const [to, setTo] = useState(choices[0]?.value ?? 'client');
  const [reason, setReason] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/return-filings/{id}/hand-over', {
          params: { path: { id: filing.id } },
          body: { to, reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: filingQuery(filing.id).queryKey });
      refresh();
      done(`${holderWith(to)} from now on.`);
      onClose();
    },
  });
  const submit = () => {
    const gap = to === 'ours' ? 'Say why it is back.' : 'Say what is waited for.';
    const fault = localErrors(reason.trim().length >= 3 ? {} : { reason: gap });
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error;
  return (
    <DialogForm
      title={`Hand over ${filing.code} ${filing.periodLabel}`}
      filingId={filing.id}
      onClose={onClose}
      onSubmit={submit}
      error={error}
      labels={{ to: 'Who has it now', reason: 'Reason' }}
      ids={{ reason: 'hand-over-reason' }}
      busy={save.isPending}
      act="Hand over"
      keep="Keep as it is"
    >
      <Radio.Group label="Who has it now" value={to} onChange={setTo}>
        <Stack gap="xs" mt={4}>
          {choices.map((choice) => (
            <Radio key={choice.value} value={choice.value} label={choice.label} description={choice.note} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        id="hand-over-reason"
        label={to === 'ours' ? 'Why it is back' : 'What is waited for'}
        placeholder={to === 'client' ? 'Bank statements for March' : undefined}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={300}
        error={error ? toApiError(error).fields.reason : undefined}
        data-autofocus
      />
    </DialogForm>
  );
}
