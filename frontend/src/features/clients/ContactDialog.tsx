// Add, change or remove a contact.
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { Contact } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';
import { useRefreshClient } from './useClientChange';

type Props = { clientId: number; contact: Contact | null; onClose: () => void };

export function ContactDialog({ clientId, contact, onClose }: Props) {
  const refresh = useRefreshClient(clientId);
  const [form, setForm] = useState({
    name: contact?.name ?? '',
    designation: contact?.designation ?? '',
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    primary: contact?.primary ?? false,
  });
  const [local, setLocal] = useState<unknown>(null);
  const finish = (words: string) => () => {
    done(words);
    refresh();
    onClose();
  };
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        name: form.name.trim(),
        designation: form.designation.trim() || null,
        email: form.email.trim() || null,
        phone: form.phone.trim() || null,
        primary: form.primary,
      };
      if (contact)
        return unwrap(
          api.PATCH('/api/clients/{id}/contacts/{contactId}', {
            params: { path: { id: clientId, contactId: contact.id } },
            body,
          }),
        );
      return unwrap(api.POST('/api/clients/{id}/contacts', { params: { path: { id: clientId } }, body }));
    },
    onSuccess: finish(contact ? 'Contact changed.' : 'Contact added.'),
  });
  const remove = useMutation({
    mutationFn: async () => {
      if (contact)
        await api.DELETE('/api/clients/{id}/contacts/{contactId}', {
          params: { path: { id: clientId, contactId: contact.id } },
        });
    },
    onSuccess: finish('Contact removed.'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(form.name.trim() ? {} : { name: 'Type the name.' });
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error ?? remove.error;
  const fields = error ? toApiError(error).fields : {};
  const field = (key: 'name' | 'designation' | 'email' | 'phone', label: string, type = 'text') => (
    <TextInput
      id={`contact-${key}`}
      label={label}
      type={type}
      value={form[key]}
      error={fields[key]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setForm((now) => ({ ...now, [key]: value }));
      }}
    />
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={contact ? `Change ${contact.name}` : 'Add contact'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={error}
          labels={{ name: 'Name', email: 'E-mail', phone: 'Phone' }}
          ids={{ name: 'contact-name', email: 'contact-email', phone: 'contact-phone' }}
        />
        {field('name', 'Name')}
        {field('designation', 'What they do (optional)')}
        {field('email', 'E-mail (optional)', 'email')}
        {field('phone', 'Phone (optional)', 'tel')}
        <Checkbox
          label="Primary contact"
          checked={form.primary}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setForm((now) => ({ ...now, primary: checked }));
          }}
        />
        <div className="z-between">
          {contact ? (
            <Button variant="subtle" color="red" size="sm" loading={remove.isPending} onClick={() => remove.mutate()}>
              Remove contact
            </Button>
          ) : (
            <span />
          )}
          <span className="z-row">
            <Button variant="default" size="sm" onClick={onClose}>
              Keep as it is
            </Button>
            <Button type="submit" size="sm" loading={save.isPending}>
              Save
            </Button>
          </span>
        </div>
      </form>
    </Modal>
  );
}
