// Setting up a second factor: scan or type the key, prove it with a code, keep the recovery codes.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { FormSummary } from '@/components/FormSummary';
import { CodeInput } from './CodeInput';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './SecondFactor.module.css';

type Props = {
  /** There is one already, which has to be proved before another takes its place. */
  replacing?: boolean;
  onDone: () => void;
  onCancel?: () => void;
};

export function EnrolSteps({ replacing = false, onDone, onCancel }: Props) {
  const [present, setPresent] = useState('');
  const [code, setCode] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const start = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/auth/totp/enrol', { body: present.trim() ? { code: present.trim() } : {} })),
  });
  const confirm = useMutation({
    mutationFn: () => unwrap(api.POST('/api/auth/totp/confirm', { body: { code: code.trim() } })),
  });
  const began = useRef(false);
  const { mutate: begin } = start;
  useEffect(() => {
    if (replacing || began.current) return;
    began.current = true;
    begin();
  }, [replacing, begin]);

  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={onDone} />;

  if (!start.data) {
    if (!replacing) {
      return (
        <>
          <FormSummary error={start.error} />
          {start.error && (
            <Button variant="default" onClick={() => start.mutate()}>
              Try again
            </Button>
          )}
        </>
      );
    }
    const prove = (event: FormEvent) => {
      event.preventDefault();
      const fault = localErrors(present.trim() ? {} : { code: 'Type a code of the app that is in use.' });
      setLocal(fault);
      if (!fault) start.mutate();
    };
    const fault = local ?? start.error;
    return (
      <form className="z-stack" onSubmit={prove} noValidate>
        <FormSummary error={fault} labels={{ code: 'Code' }} ids={{ code: 'present-code' }} />
        <TextInput
          id="present-code"
          label="Code of the app that is in use"
          description="Or a recovery code."
          autoComplete="one-time-code"
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
          error={fault ? toApiError(fault).fields.code : undefined}
        />
        <div className="z-row">
          <Button type="submit" loading={start.isPending}>
            Carry on
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </div>
      </form>
    );
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(code.trim() ? {} : { code: 'Type the six digits that the app shows.' });
    setLocal(fault);
    if (!fault) confirm.mutate();
  };
  const fault = local ?? confirm.error;
  return (
    <form className="z-stack-lg" onSubmit={submit} noValidate>
      <FormSummary error={fault} labels={{ code: 'Code' }} ids={{ code: 'totp-code' }} />
      <ol className={classes.steps}>
        <li>
          <p>Open an authenticator app on your phone and scan this.</p>
          <img
            className={classes.qr}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(start.data.qr)}`}
            alt="QR code with the key of your second factor"
            width={184}
            height={184}
          />
          <p className="z-2">
            Cannot scan? Type this key: <span className={classes.key}>{start.data.secret}</span>
          </p>
        </li>
        <li>
          <CodeInput
            id="totp-code"
            value={code}
            onChange={setCode}
            error={fault ? toApiError(fault).fields.code : undefined}
          />
        </li>
      </ol>
      <div className="z-row">
        <Button type="submit" size="sm" loading={confirm.isPending}>
          Confirm the code
        </Button>
        {onCancel && (
          <Button variant="default" size="sm" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
