// Undo of an import: what it takes back, asked once, and the clients in the way when it cannot.
import { Button, Popover } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import { importQuery } from '@/api/queries';
import type { Import } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { useRefreshClient } from '@/features/clients/useClientChange';
import { formatCount, plural } from '@/lib/format';

export default function UndoImport({ one }: { one: Import }) {
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
        <WriteButton variant="default" onClick={() => setOpened(!opened)}>
          Undo this import
        </WriteButton>
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
