// Sets a new password with the token from the mail.
import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '@/api/client';
import { toApiError } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { AuthFrame } from './AuthFrame';

const route = getRouteApi('/reset-password');

export function ResetPasswordPage() {
  const { token } = route.useSearch();
  const [password, setPassword] = useState('');
  const [gap, setGap] = useState('');
  const save = useMutation({
    mutationFn: () => api.POST('/api/auth/reset-password', { body: { token: token ?? '', password } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setGap(password ? '' : 'Type a new password.');
    if (password) save.mutate();
  };
  const expired = save.error ? toApiError(save.error).status === 410 : false;
  return (
    <AuthFrame title="Choose a new password">
      {save.isSuccess ? (
        <p role="status">
          Your password is changed. <Link to="/sign-in">Sign in</Link>
        </p>
      ) : !token || expired ? (
        <p role="alert">
          This link no longer works. <Link to="/forgot-password">Ask for a new one</Link>
        </p>
      ) : (
        <form className="z-stack-lg" onSubmit={submit} noValidate>
          <FormSummary error={save.error} />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            description="12 characters or more."
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={gap || (save.error ? toApiError(save.error).fields.password : undefined)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          />
          <Button type="submit" size="sm" loading={save.isPending}>
            Save password
          </Button>
        </form>
      )}
    </AuthFrame>
  );
}
