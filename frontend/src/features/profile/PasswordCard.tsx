// Change your password; other sessions end.
import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { sessionsQuery } from '@/api/queries';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';

const toggle = { 'aria-label': 'Show password' };

export function PasswordCard() {
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const save = useMutation({
    mutationFn: () => api.POST('/api/auth/change-password', { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      done('Password changed. Other sessions have ended.');
      void queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!current) gaps.currentPassword = 'Type your current password.';
    if (!next) gaps.newPassword = 'Type a new password.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error;
  const fields = error ? toApiError(error).fields : {};
  return (
    <section className="z-card" aria-labelledby="password">
      <header>
        <h2 id="password">Password</h2>
      </header>
      <form className="z-card-body z-form" onSubmit={submit} noValidate>
        <FormSummary
          error={error}
          labels={{ currentPassword: 'Current password', newPassword: 'New password' }}
          ids={{ currentPassword: 'pw-current', newPassword: 'pw-new' }}
        />
        <PasswordInput
          id="pw-current"
          label="Current password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={fields.currentPassword}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          id="pw-new"
          label="New password"
          description="12 characters or more. Other sessions end."
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={fields.newPassword ?? fields.password}
          visibilityToggleButtonProps={toggle}
        />
        <div>
          <Button type="submit" variant="default" loading={save.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </section>
  );
}
