// Add, change or remove a registration: what it does to the filings first, then apply.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { referenceQuery } from '@/api/queries';
import type { Client, Registration } from '@/api/types';
import { ApprovalNote, noteOf } from '@/components/ApprovalNote';
import { Corrected, type Kept } from '@/components/Corrected';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { humanise } from '@/lib/format';
import { done, whenWaiting } from '@/lib/notify';
import { DiffPreview } from './DiffPreview';
import { useRefreshClient } from './useClientChange';

const LABELS = {
  regulator: 'Regulator',
  category: 'Category',
  registrationNo: 'Number',
  validFrom: 'Valid from',
  validTo: 'Valid to',
  status: 'Status',
  reason: 'Note',
};

type Props = { client: Client; registration: Registration | null; today: string; onClose: () => void };

export function RegistrationDialog(props: Props) {
  const { client, registration } = props;
  return (
    <Corrected on={`client:${client.id}`} command={registration ? 'change_registration' : 'add_registration'}>
      {(kept, notice) => {
        const mine = kept && (!registration || kept.id === registration.id);
        return <RegistrationForm {...props} kept={mine ? (kept.registration as Kept) : null} notice={mine && notice} />;
      }}
    </Corrected>
  );
}

function RegistrationForm({
  client,
  registration,
  today,
  onClose,
  kept,
  notice,
}: Props & { kept: Kept | null; notice: ReactNode }) {
  const held = (name: string, record: string | null | undefined) => (kept ? String(kept[name] ?? '') : (record ?? ''));
  const reference = useQuery(referenceQuery());
  const refresh = useRefreshClient(client.id);
  const [regulator, setRegulator] = useState(() => held('regulator', registration?.regulator));
  const [category, setCategory] = useState(() => held('category', registration?.category));
  const [number, setNumber] = useState(() => held('registration_no', registration?.registrationNo));
  const [from, setFrom] = useState(() => held('valid_from', registration?.validFrom));
  const [to, setTo] = useState(() => held('valid_to', registration?.validTo));
  const [status, setStatus] = useState(() => held('status', registration?.status ?? 'active'));
  const [note, setNote] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const [removing, setRemoving] = useState(false);
  const body = () => ({
    regulator,
    category,
    registrationNo: number.trim() || null,
    validFrom: from || null,
    validTo: to || null,
    status,
  });
  // What the act would do; removing sends only which.
  const preview = useMutation({
    mutationFn: (gone: boolean) =>
      unwrap(
        api.POST('/api/clients/{id}/registrations/preview', {
          params: { path: { id: client.id } },
          body: {
            ...(registration ? { id: registration.id } : {}),
            ...(gone ? {} : { registration: body() }),
          },
        }),
      ),
  });
  const edited = () => {
    preview.reset();
    save.reset();
    remove.reset();
    setRemoving(false);
    setLocal(null);
  };
  const finish = (words: string) => () => {
    done(words);
    refresh();
    onClose();
  };
  const waits = whenWaiting(() => {
    refresh();
    onClose();
  });
  const save = useMutation({
    mutationFn: async () => {
      if (registration) {
        return unwrap(
          api.PATCH('/api/clients/{id}/registrations/{registrationId}', {
            params: { path: { id: client.id, registrationId: registration.id } },
            body: { ...body(), ...noteOf(note) },
          }),
        );
      }
      return unwrap(
        api.POST('/api/clients/{id}/registrations', {
          params: { path: { id: client.id } },
          body: { ...body(), ...noteOf(note) },
        }),
      );
    },
    onError: waits,
    onSuccess: finish(registration ? 'Registration changed.' : 'Registration added. Its returns are planned.'),
  });
  const remove = useMutation({
    mutationFn: async () => {
      if (registration)
        await api.DELETE('/api/clients/{id}/registrations/{registrationId}', {
          params: { path: { id: client.id, registrationId: registration.id }, query: noteOf(note) },
        });
    },
    onError: waits,
    onSuccess: finish('Registration removed.'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!regulator) gaps.regulator = 'Choose a regulator.';
    if (!category) gaps.category = 'Choose a category.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (fault) return;
    if (!preview.data) preview.mutate(false);
    else if (removing) remove.mutate();
    else save.mutate();
  };
  const askRemoval = () => {
    edited();
    setRemoving(true);
    preview.mutate(true);
  };
  const error = local ?? save.error ?? remove.error ?? preview.error ?? reference.error;
  const fields = error ? toApiError(error).fields : {};
  const categories = (reference.data?.registrationCategories ?? []).filter((one) => one.regulator === regulator);
  return (
    <Modal
      opened
      onClose={onClose}
      title={registration ? 'Change registration' : 'Add registration'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        {notice}
        <FormSummary error={error} labels={LABELS} />
        <NativeSelect
          label="Regulator"
          value={regulator}
          error={fields.regulator}
          data={[
            { value: '', label: 'Choose a regulator' },
            ...(reference.data?.regulators ?? []).map((one) => ({
              value: one.key,
              label: `${one.title} (${one.key})`,
            })),
          ]}
          onChange={(event) => {
            setRegulator(event.currentTarget.value);
            setCategory('');
            edited();
          }}
        />
        <NativeSelect
          label="Category"
          value={category}
          error={fields.category}
          data={[
            { value: '', label: 'Choose a category' },
            ...categories.map((one) => ({ value: one.category, label: one.title })),
          ]}
          onChange={(event) => {
            setCategory(event.currentTarget.value);
            edited();
          }}
        />
        <TextInput
          label="Number (optional)"
          value={number}
          error={fields.registrationNo}
          onChange={(event) => {
            setNumber(event.currentTarget.value);
            edited();
          }}
          classNames={{ input: 'mono' }}
        />
        <div className="z-pair">
          <DateField
            label="Valid from (optional)"
            value={from}
            onChange={(next) => {
              setFrom(next);
              edited();
            }}
            today={today}
            error={fields.validFrom}
          />
          <DateField
            label="Valid to (optional)"
            value={to}
            onChange={(next) => {
              setTo(next);
              edited();
            }}
            today={today}
            error={fields.validTo}
            help="Empty: no expiry"
          />
        </div>
        <NativeSelect
          label="Status"
          value={status}
          error={fields.status}
          data={(reference.data?.registrationStatuses ?? [status]).map((one) => ({ value: one, label: humanise(one) }))}
          onChange={(event) => {
            setStatus(event.currentTarget.value);
            edited();
          }}
        />
        {preview.data && <DiffPreview diff={preview.data.diff} />}
        <ApprovalNote id="registration-note" value={note} onChange={setNote} error={fields.reason} />
        <div className="z-between">
          {registration && !removing ? (
            <Button variant="subtle" color="red" size="sm" loading={preview.isPending} onClick={askRemoval}>
              Remove registration
            </Button>
          ) : (
            <span />
          )}
          <span className="z-row">
            <Button variant="default" size="sm" onClick={removing ? edited : onClose}>
              Keep {removing ? 'the registration' : 'as it is'}
            </Button>
            <Button
              type="submit"
              size="sm"
              color={removing ? 'red' : undefined}
              loading={preview.isPending || save.isPending || remove.isPending}
            >
              {!preview.data
                ? 'Show what would change'
                : removing
                  ? 'Remove it'
                  : registration
                    ? 'Save the change'
                    : 'Add it'}
            </Button>
          </span>
        </div>
      </form>
    </Modal>
  );
}
