// The decision: write all, or write the good rows and leave those with errors.
import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors } from '@/api/error';
import { importQuery } from '@/api/queries';
import type { Import } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { useRefreshClient } from '@/features/clients/useClientChange';
import { formatCount, plural } from '@/lib/format';
import { done } from '@/lib/notify';

export function CommitBar({ one }: { one: Import }) {
  const queryClient = useQueryClient();
  const refresh = useRefreshClient(0);
  const { counts } = one;
  const [partial, setPartial] = useState(false);
  const [note, setNote] = useState('');
  const commit = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/imports/{id}/commit', {
          params: { path: { id: one.id } },
          body: { acceptPartial: partial, ...noteOf(note) },
        }),
      ),
    onSuccess: (next) => {
      queryClient.setQueryData(importQuery(one.id).queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['get', '/api/imports'] });
      if (next.proposal) {
        const who = next.proposal.signOff[0]?.who ?? 'somebody else';
        done(`Sent for approval to ${who}. Nothing is written before that.`);
      }
      if (next.status !== 'committing') refresh();
    },
  });
  const change = counts.toCreate + counts.toUpdate;
  const [local, setLocal] = useState<unknown>(null);
  const blocked = counts.withErrors > 0 && !partial;
  const write = () => {
    const fault = blocked
      ? localErrors(
          { acceptPartial: 'Tick that the good rows may be written alone, or correct the sheet first.' },
          `${plural(counts.withErrors, 'row')} ${counts.withErrors === 1 ? 'has' : 'have'} errors.`,
        )
      : null;
    setLocal(fault);
    if (!fault) commit.mutate();
  };
  return (
    <section className="z-card" aria-label="Write">
      <div className="z-card-body z-stack">
        <FormSummary error={local ?? commit.error} labels={{ reason: 'Note' }} ids={{ reason: 'import-note' }} />
        <div className="z-between" style={{ flexWrap: 'wrap' }}>
          <div className="z-stack">
            <span>
              {counts.withErrors === 0
                ? `All ${plural(counts.rows, 'row')} can be written.`
                : `${formatCount(counts.ok)} ok, ${formatCount(counts.withErrors)} ${counts.withErrors === 1 ? 'needs' : 'need'} fixing.`}
              {change === 0 && counts.withErrors === 0 ? ' Nothing would change: this sheet is already in.' : ''}
            </span>
            {counts.withErrors > 0 && (
              <Checkbox
                label={`Write the ${formatCount(counts.ok)} good rows and leave out the ${formatCount(counts.withErrors)} with errors`}
                checked={partial}
                onChange={(event) => setPartial(event.currentTarget.checked)}
              />
            )}
            {blocked && (
              <span className="z-2 z-small">
                Or download the copy with errors, correct it, and upload it again. Rows already in are not doubled.
              </span>
            )}
          </div>
          {change > 0 && <ApprovalNote id="import-note" value={note} onChange={setNote} />}
          <WriteButton size="sm" loading={commit.isPending} onClick={write}>
            {change > 0 ? `Write ${plural(change, 'client')}` : 'Finish'}
          </WriteButton>
        </div>
      </div>
    </section>
  );
}
