// E-mail and password; then, when the e-mail belongs to several firms, which one; then a code, for who has a second factor. Used by the page and by the session-ended dialog.
import { Button, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { CodeStep } from './CodeStep';
import { WaitNote } from './WaitNote';

export function SignInForm({ email: known = '', onDone }: { email?: string; onDone: () => void }) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [tenant, setTenant] = useState('');
  const login = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/auth/login', {
          body: { email: email.trim(), password, ...(tenant ? { tenantId: Number(tenant) } : {}) },
        }),
      ),
    onSuccess: (answer) => {
      if (!answer.chooseTenant?.length && !answer.totpRequired) onDone();
    },
  });
  const firms = login.data?.chooseTenant ?? [];
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps = {
      email: email.trim() ? undefined : 'Type your e-mail.',
      password: password ? undefined : 'Type your password.',
    };
    setMissing(gaps);
    if (!gaps.email && !gaps.password) login.mutate();
  };
  const challenge = login.data?.challenge;
  if (challenge) return <CodeStep challenge={challenge} onDone={onDone} onBack={login.reset} />;
  const fault = login.error ? toApiError(login.error) : null;
  return (
    <form className="z-stack-lg" onSubmit={submit} noValidate>
      {fault && <FormSummary error={fault} />}
      <WaitNote fault={fault} />
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={missing.email}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={missing.password}
        visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
      />
      {firms.length > 0 && (
        <Radio.Group label="Which firm?" value={tenant} onChange={setTenant}>
          <div className="z-stack">
            {firms.map((firm) => (
              <Radio key={firm.id} value={String(firm.id)} label={firm.name} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Button type="submit" size="sm" loading={login.isPending}>
        Sign in
      </Button>
    </form>
  );
}
