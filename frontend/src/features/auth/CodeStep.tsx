// The second step of signing in: a code of the authenticator app, or a recovery code.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { CodeInput } from '@/features/secondFactor/CodeInput';
import { WaitNote } from './WaitNote';

type Props = { challenge: string; onDone: () => void; onBack: () => void };

export function CodeStep({ challenge, onDone, onBack }: Props) {
  const [code, setCode] = useState('');
  const [gap, setGap] = useState('');
  const send = useMutation({
    mutationFn: () => unwrap(api.POST('/api/auth/totp', { body: { challenge, code: code.trim() } })),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setGap(code.trim() ? '' : 'Type the code that your app shows.');
    if (code.trim()) send.mutate();
  };
  const fault = send.error ? toApiError(send.error) : null;
  return (
    <form className="z-stack-lg" onSubmit={submit} noValidate>
      {fault && <FormSummary error={fault} />}
      <WaitNote fault={fault} />
      <CodeInput
        id="sign-in-code"
        label="Code of your authenticator app"
        description="Or one of your recovery codes."
        value={code}
        onChange={setCode}
        error={gap}
        autoFocus
      />
      <div className="z-row">
        <Button type="submit" size="sm" loading={send.isPending}>
          Sign in
        </Button>
        <Button variant="default" size="sm" onClick={onBack}>
          Back
        </Button>
      </div>
      <p className="z-2" style={{ margin: 0 }}>
        Phone and recovery codes gone? Another administrator of your firm can reset your second factor.
      </p>
    </form>
  );
}
