// Asks for a reset link. The answer is the same whether or not the e-mail is known.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { FormSummary } from '@/components/FormSummary';
import { AuthFrame } from './AuthFrame';

export function ForgotPasswordPage() {
  const [email, setEmail] = useState('');
  const [gap, setGap] = useState('');
  const send = useMutation({
    mutationFn: () => unwrap(api.POST('/api/auth/forgot-password', { body: { email: email.trim() } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setGap(email.trim() ? '' : 'Type your e-mail.');
    if (email.trim()) send.mutate();
  };
  return (
    <AuthFrame title="Reset your password">
      {send.isSuccess ? (
        <p role="status">
          {send.data?.message ?? 'If this e-mail is known, a link is on its way. It works for a short time.'}
        </p>
      ) : (
        <form className="z-stack-lg" onSubmit={submit} noValidate>
          <FormSummary error={send.error} />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={gap}
          />
          <Button type="submit" size="sm" loading={send.isPending}>
            Send me a link
          </Button>
        </form>
      )}
      <p>
        <Link to="/sign-in">Back to sign in</Link>
      </p>
    </AuthFrame>
  );
}
