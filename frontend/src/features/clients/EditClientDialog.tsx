// Edit a client: sends only what changed, with the version it saw.
import { Button, Drawer } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { clientQuery, referenceQuery, usersQuery } from '@/api/queries';
import type { Client, ClientPatchBody } from '@/api/types';
import { useMe } from '@/app/me';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { Corrected, type Kept } from '@/components/Corrected';
import { FormSummary } from '@/components/FormSummary';
import { done, failed, whenWaiting } from '@/lib/notify';
import { ClientFields } from './ClientFields';
import { FIELD_IDS, FIELD_LABELS, gapsOf, keptValues, patchOf, valuesOf } from './clientForm';
import { useRefreshClient } from './useClientChange';

type Props = { client: Client; onClose: () => void; focus?: 'tags' };

/** The same for a client that is known by its id only, as in a list. */
export default function EditListedClient({ id, ...rest }: Omit<Props, 'client'> & { id: number }) {
  const { data, error } = useQuery(clientQuery(id));
  const { onClose } = rest;
  useEffect(() => {
    if (error) {
      failed(error);
      onClose();
    }
  }, [error, onClose]);
  return data ? <EditClientDialog client={data} {...rest} /> : null;
}

export function EditClientDialog(props: Props) {
  return (
    <Corrected on={`client:${props.client.id}`} command="update_client">
      {(kept, notice) => <ClientForm {...props} kept={kept} notice={notice} />}
    </Corrected>
  );
}

function ClientForm({ client, onClose, focus, kept, notice }: Props & { kept: Kept | null; notice: ReactNode }) {
  const me = useMe();
  const queryClient = useQueryClient();
  const reference = useQuery(referenceQuery());
  const users = useQuery(usersQuery());
  const refresh = useRefreshClient(client.id);
  const [before] = useState(() => valuesOf(client));
  const [values, setValues] = useState(() => keptValues(kept, before));
  const [local, setLocal] = useState<unknown>(null);
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/clients/{id}', {
          params: { path: { id: client.id }, header: ifMatch(client.version) },
          body: {
            ...patchOf(before, values),
            ...noteOf(note),
          } as ClientPatchBody,
        }),
      ),
    onError: whenWaiting(() => {
      refresh();
      onClose();
    }),
    onSuccess: () => {
      done('Client changed.');
      refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(gapsOf(values));
    setLocal(fault);
    if (fault) return;
    if (Object.keys(patchOf(before, values)).length === 0) onClose();
    else save.mutate();
  };
  const error = local ?? save.error ?? reference.error;
  const stale = save.error ? toApiError(save.error).stale : false;
  return (
    <Drawer opened onClose={onClose} title={`Edit ${client.clientName}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        {notice}
        <FormSummary error={error} labels={FIELD_LABELS} ids={FIELD_IDS} />
        {stale && (
          <div className="z-row">
            <span className="z-2 z-grow">
              Someone else changed this client. Load it, then save again; what you typed stays.
            </span>
            <Button
              variant="default"
              onClick={() => void queryClient.invalidateQueries({ queryKey: clientQuery(client.id).queryKey })}
            >
              Load the change
            </Button>
          </div>
        )}
        <ClientFields
          values={values}
          onChange={(part) => setValues((now) => ({ ...now, ...part }))}
          fields={error ? toApiError(error).fields : {}}
          reference={reference.data}
          users={users.data?.items ?? []}
          today={me.today}
          focus={focus}
        />
        <ApprovalNote
          id="client-approvalNote"
          description="Name, numbers, legal form and risk rating may need a second person; the whole change waits then."
          value={note}
          onChange={setNote}
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" size="sm" loading={save.isPending}>
            Save changes
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
