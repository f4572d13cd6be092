// Joining a firm with the link of an invitation: name and password, then straight in.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { AuthFrame } from './AuthFrame';

const route = getRouteApi('/accept-invitation');

export function AcceptInvitationPage() {
  const { token = '' } = route.useSearch();
  const [typed, setTyped] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => unwrap(api.POST('/api/auth/invitation', { body: { token } })),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const name = typed ?? invitation.data?.displayName ?? '';
  const join = useMutation({
    mutationFn: () => api.POST('/api/auth/accept-invitation', { body: { token, displayName: name.trim(), password } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Record<string, string> = {};
    if (!name.trim()) gaps.displayName = 'Type your name.';
    if (!password) gaps.password = 'Choose a password.';
    const fault = localErrors(gaps);
    setLocal(fault);
    if (!fault) join.mutate();
  };
  const fault = local ?? join.error;
  const fields = fault ? toApiError(fault).fields : {};
  const over = !token || [invitation.error, join.error].some((error) => error && toApiError(error).status === 410);
  return (
    <AuthFrame title={invitation.data ? `Join ${invitation.data.firm}` : 'Join your firm'}>
      {join.isSuccess ? (
        <p role="status">
          You are in. <Link to="/sign-in">Sign in</Link> with {invitation.data?.email} and your new password.
        </p>
      ) : over ? (
        <p role="alert">
          This invitation no longer works. Ask whoever invited you for a new link. If you joined already,{' '}
          <Link to="/sign-in" className="z-in-text">
            sign in
          </Link>
          .
        </p>
      ) : (
        <form className="z-stack-lg" onSubmit={submit} noValidate>
          <FormSummary
            error={fault ?? invitation.error}
            labels={{ displayName: 'Name', password: 'Password' }}
            ids={{ displayName: 'join-name', password: 'join-password' }}
          />
          <TextInput label="E-mail" value={invitation.data?.email ?? ''} readOnly autoComplete="username" />
          <TextInput
            id="join-name"
            label="Name"
            autoComplete="name"
            value={name}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={fields.displayName}
          />
          <PasswordInput
            id="join-password"
            label="Password"
            description="12 characters or more. A short sentence works well."
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fields.password}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          />
          <Button type="submit" size="sm" loading={join.isPending}>
            Join
          </Button>
        </form>
      )}
    </AuthFrame>
  );
}
