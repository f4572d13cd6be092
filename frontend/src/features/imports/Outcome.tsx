// While rows are written: progress. Afterwards: what was done, and the way back.
import { Button, Popover, Progress } from '@mantine/core';
import { IconCircleCheckFilled, IconRefreshAlert } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import { importQuery } from '@/api/queries';
import type { Import } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { useRefreshClient } from '@/features/clients/useClientChange';
import { formatCount, formatInstant, plural } from '@/lib/format';

export function Outcome({ one }: { one: Import }) {
  const { progress, counts, status } = one;
  if (status === 'committing') {
    const share = progress.total ? (100 * progress.done) / progress.total : 0;
    return (
      <section className="z-card" aria-label="Progress">
        <div className="z-card-body z-stack">
          <span role="status">
            Writing: {formatCount(progress.done)} of {formatCount(progress.total)} rows. You can leave this page.
          </span>
          <Progress value={share} aria-label="Rows written" />
        </div>
      </section>
    );
  }
  if (status === 'failed') {
    return (
      <div className="z-notice" data-tone="danger" role="alert">
        <IconRefreshAlert size={16} aria-hidden="true" />
        <p>
          The import stopped. Nothing of it was kept. Upload the sheet again; if it fails again, send us import {one.id}
          .
        </p>
      </div>
    );
  }
  return (
    <div className="z-notice" data-tone={status === 'undone' ? 'neutral' : 'success'}>
      <IconCircleCheckFilled size={16} aria-hidden="true" />
      <div className="z-grow">
        <p className="z-strong" role="status">
          {status === 'undone'
            ? `Undone on ${formatInstant(one.undoneAt)}.`
            : `${plural(counts.created, 'client')} created, ${formatCount(counts.updated)} updated, ${formatCount(counts.skipped)} left out.`}
        </p>
        <p>
          {status === 'undone'
            ? 'The clients it created are gone and those it changed are as before.'
            : 'Their filings are planned for the next 18 months.'}{' '}
          <Link to="/clients">Open clients</Link>
          {status !== 'undone' && (
            <>
              {' '}
              or <Link to="/filings">filings</Link>
            </>
          )}
        </p>
      </div>
      {one.canUndo && <Undo one={one} />}
    </div>
  );
}

function Undo({ one }: { one: Import }) {
  const queryClient = useQueryClient();
  const refresh = useRefreshClient(0);
  const [opened, setOpened] = useState(false);
  const undo = useMutation({
    mutationFn: () => unwrap(api.POST('/api/imports/{id}/undo', { params: { path: { id: one.id } } })),
    onSuccess: (next) => {
      queryClient.setQueryData(importQuery(one.id).queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['get', '/api/imports'] });
      refresh();
    },
  });
  const changed = undo.error ? toApiError(undo.error).body.clients : null;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={320}>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpened(!opened)}>
          Undo this import
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Undo this import">
        <div className="z-stack">
          <span>
            Removes the {plural(one.counts.created, 'client')} it created, with their filings, and puts{' '}
            {formatCount(one.counts.updated)} changed back.
          </span>
          <FormSummary error={undo.error} />
          {Array.isArray(changed) && (
            <ul style={{ margin: 0, paddingInlineStart: 16 }}>
              {changed.slice(0, 10).map((client) => {
                const { id, clientName } = client as { id?: number; clientName?: string };
                return <li key={String(id ?? client)}>{clientName ?? String(client)}</li>;
              })}
            </ul>
          )}
          <span className="z-row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={() => setOpened(false)}>
              Keep it
            </Button>
            <Button color="red" loading={undo.isPending} onClick={() => undo.mutate()}>
              Undo it
            </Button>
          </span>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
