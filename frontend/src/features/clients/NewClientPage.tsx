// A new client: who they are and what they are registered as. Likely duplicates are named before saving.
import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { referenceQuery, usersQuery } from '@/api/queries';
import type { ClientInput } from '@/api/types';
import { useMe } from '@/app/me';
import { FormSummary } from '@/components/FormSummary';
import { Page } from '@/components/Page';
import { WriteButton } from '@/components/WriteButton';
import { done } from '@/lib/notify';
import { ClientFields } from './ClientFields';
import { bodyOf, type ClientValues, EMPTY_CLIENT, FIELD_IDS, FIELD_LABELS, gapsOf } from './clientForm';
import { Duplicates, duplicatesOf } from './Duplicates';
import { useRefreshClient } from './useClientChange';

type Row = { key: number; regulator: string; category: string; registrationNo: string };

export function NewClientPage() {
  const me = useMe();
  const navigate = useNavigate();
  const reference = useQuery(referenceQuery());
  const users = useQuery(usersQuery());
  const refresh = useRefreshClient(0);
  const [values, setValues] = useState<ClientValues>(EMPTY_CLIENT);
  const [rows, setRows] = useState<Row[]>([]);
  const [anyway, setAnyway] = useState(false);
  const [local, setLocal] = useState<unknown>(null);
  const saved = useRef(false);
  const dirty = JSON.stringify(values) !== JSON.stringify(EMPTY_CLIENT) || rows.length > 0;
  useBlocker({
    shouldBlockFn: () => dirty && !saved.current && !window.confirm('Leave this page? What you typed is not saved.'),
    enableBeforeUnload: () => dirty && !saved.current,
  });

  const save = useMutation({
    mutationFn: () => {
      const registrations = rows
        .filter((row) => row.regulator && row.category)
        .map(({ regulator, category, registrationNo }) => ({
          regulator,
          category,
          registrationNo: registrationNo.trim() || null,
        }));
      const body = { ...bodyOf(values), registrations, ...(anyway ? { allowDuplicate: true } : {}) } as ClientInput;
      return unwrap(api.POST('/api/clients', { body }));
    },
    onSuccess: (client) => {
      saved.current = true;
      done(`${client.clientName} added.`);
      refresh();
      void navigate({ to: '/clients/$clientId/{-$tab}', params: { clientId: String(client.id) } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(gapsOf(values));
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error ?? reference.error;
  const fields = error ? toApiError(error).fields : {};
  const twins = duplicatesOf(save.error);
  return (
    <Page title="New client" crumbs={[{ label: 'Clients', to: '/clients' }]}>
      <form className="z-form" onSubmit={submit} noValidate>
        <FormSummary error={error} labels={FIELD_LABELS} ids={FIELD_IDS} />
        {twins.length > 0 && (
          <>
            <Duplicates twins={twins} />
            <Checkbox
              label="This is another client. Save it anyway."
              checked={anyway}
              onChange={(event) => setAnyway(event.currentTarget.checked)}
            />
          </>
        )}
        <ClientFields
          values={values}
          onChange={(part) => {
            const next = { ...values, ...part };
            setValues(next);
            if (local) setLocal(localErrors(gapsOf(next)));
          }}
          fields={fields}
          reference={reference.data}
          users={users.data?.items ?? []}
          today={me.today}
        />
        <fieldset style={{ border: 0, margin: 0, padding: 0 }} className="z-stack">
          <legend className="z-strong" style={{ padding: 0 }}>
            Registrations
          </legend>
          <span className="z-2 z-small">They decide which returns are planned.</span>
          {rows.map((row, index) => {
            const set = (part: Partial<Row>) =>
              setRows((now) => now.map((one) => (one.key === row.key ? { ...one, ...part } : one)));
            const at = `Registration ${index + 1}`;
            return (
              <div key={row.key} className="z-row" style={{ alignItems: 'flex-start' }}>
                <NativeSelect
                  aria-label={`${at}: regulator`}
                  value={row.regulator}
                  data={[
                    { value: '', label: 'Regulator' },
                    ...(reference.data?.regulators ?? []).map((one) => ({ value: one.key, label: one.key })),
                  ]}
                  onChange={(event) => set({ regulator: event.currentTarget.value, category: '' })}
                  w={116}
                />
                <NativeSelect
                  className="z-grow"
                  aria-label={`${at}: category`}
                  value={row.category}
                  error={fields[`registrations.${index}.category`]}
                  data={[
                    { value: '', label: 'Category' },
                    ...(reference.data?.registrationCategories ?? [])
                      .filter((one) => one.regulator === row.regulator)
                      .map((one) => ({ value: one.category, label: one.title })),
                  ]}
                  onChange={(event) => set({ category: event.currentTarget.value })}
                />
                <TextInput
                  aria-label={`${at}: number`}
                  placeholder="Number"
                  value={row.registrationNo}
                  error={fields[`registrations.${index}.registrationNo`]}
                  onChange={(event) => set({ registrationNo: event.currentTarget.value })}
                  classNames={{ input: 'mono' }}
                  w={150}
                />
                <ActionIcon
                  aria-label={`Remove ${at}`}
                  mt={2}
                  onClick={() => setRows((now) => now.filter((one) => one.key !== row.key))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </div>
            );
          })}
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() =>
                setRows((now) => [
                  ...now,
                  { key: Date.now() + now.length, regulator: '', category: '', registrationNo: '' },
                ])
              }
            >
              Add registration
            </Button>
          </div>
        </fieldset>
        <div className="z-row">
          <WriteButton type="submit" size="sm" loading={save.isPending}>
            Save client
          </WriteButton>
          <Button variant="default" size="sm" onClick={() => void navigate({ to: '/clients' })}>
            Cancel
          </Button>
        </div>
      </form>
    </Page>
  );
}
