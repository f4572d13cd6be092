// Change a fact: value and date, then the difference it makes, then apply.
import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { referenceQuery } from '@/api/queries';
import type { Client } from '@/api/types';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';
import { DiffPreview } from './DiffPreview';
import { cleanFact, FactInput } from './FactInput';
import { useRefreshClient } from './useClientChange';

type Props = { client: Client; factKey: string; today: string; onClose: () => void };

export function FactDialog({ client, factKey, today, onClose }: Props) {
  const reference = useQuery(referenceQuery());
  const refresh = useRefreshClient(client.id);
  const [key, setKey] = useState(factKey);
  const now = client.facts.find((fact) => fact.key === key);
  const [value, setValue] = useState(now?.value ?? '');
  const [from, setFrom] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const def = reference.data?.facts.find((one) => one.key === key);

  const body = () => ({
    changes: [{ key, value: def && value.trim() ? cleanFact(def, value) : null, ...(from ? { validFrom: from } : {}) }],
  });
  const send = (dryRun: boolean) =>
    unwrap(
      api.PUT('/api/clients/{id}/facts', { params: { path: { id: client.id }, query: { dryRun } }, body: body() }),
    );
  const preview = useMutation({ mutationFn: () => send(true) });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: () => {
      done('Fact changed.');
      refresh();
      onClose();
    },
  });
  const reset = () => {
    preview.reset();
    apply.reset();
    setLocal(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(key ? {} : { key: 'Choose a fact.' });
    setLocal(fault);
    if (fault) return;
    if (preview.data) apply.mutate();
    else preview.mutate();
  };
  const error = local ?? apply.error ?? preview.error ?? reference.error;
  const fields = error ? toApiError(error).fields : {};
  return (
    <Modal
      opened
      onClose={onClose}
      title={def ? def.title : 'Add or change a fact'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={error} labels={{ value: 'Value', validFrom: 'In force from' }} />
        {!factKey && (
          <NativeSelect
            label="Fact"
            value={key}
            data={[
              { value: '', label: 'Choose a fact' },
              ...(reference.data?.facts ?? []).map((one) => ({ value: one.key, label: one.title })),
            ]}
            onChange={(event) => {
              const next = event.currentTarget.value;
              setKey(next);
              setValue(client.facts.find((fact) => fact.key === next)?.value ?? '');
              reset();
            }}
          />
        )}
        {def && (
          <>
            <FactInput
              def={def}
              value={value}
              today={today}
              error={fields.value ?? fields[key]}
              onChange={(next) => {
                setValue(next);
                reset();
              }}
            />
            <DateField
              label="In force from (optional)"
              value={from}
              today={today}
              error={fields.validFrom}
              help="Empty: it has always been so. A date keeps the earlier value for earlier periods."
              onChange={(next) => {
                setFrom(next);
                reset();
              }}
            />
          </>
        )}
        {preview.data && <DiffPreview diff={preview.data.diff} />}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" size="sm" loading={preview.isPending || apply.isPending}>
            {preview.data ? 'Apply the change' : 'Show what would change'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
