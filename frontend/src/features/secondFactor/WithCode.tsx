// What needs a code of the app: new recovery codes, and turning the second factor off.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';
import { CodeInput } from './CodeInput';
import { RecoveryCodes } from './RecoveryCodes';

type Props = { act: 'codes' | 'off'; onDone: () => void; onCancel: () => void };

export function WithCode({ act, onDone, onCancel }: Props) {
  const [code, setCode] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const go = useMutation({
    mutationFn: async () => {
      const body = { code: code.trim() };
      if (act === 'codes') return unwrap(api.POST('/api/auth/totp/recovery-codes', { body }));
      await api.POST('/api/auth/totp/remove', { body });
      return null;
    },
    onSuccess: (answer) => {
      if (answer) return;
      done('Your second factor is off.');
      onDone();
    },
  });
  if (go.data) return <RecoveryCodes codes={go.data.recoveryCodes} onDone={onDone} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(code.trim() ? {} : { code: 'Type the six digits that the app shows.' });
    setLocal(fault);
    if (!fault) go.mutate();
  };
  const fault = local ?? go.error;
  return (
    <form className="z-stack" onSubmit={submit} noValidate>
      <FormSummary error={fault} labels={{ code: 'Code' }} ids={{ code: 'proof-code' }} />
      <p style={{ margin: 0 }}>
        {act === 'codes'
          ? 'You get ten new codes. The old ones stop working.'
          : 'From then on your password alone lets you in.'}
      </p>
      <CodeInput
        id="proof-code"
        value={code}
        onChange={setCode}
        autoFocus
        error={fault ? toApiError(fault).fields.code : undefined}
      />
      <div className="z-row">
        <Button type="submit" loading={go.isPending}>
          {act === 'codes' ? 'Make new codes' : 'Turn it off'}
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
