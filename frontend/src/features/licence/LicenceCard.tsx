// The licence itself, and the ways to another: a key, a file, a check now.
import { Button, FileButton, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import type { Licence } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { dateOf, formatDate, formatInstant } from '@/lib/format';
import { showLimit } from '@/lib/limit';
import { done } from '@/lib/notify';
import { keyMask } from './keyMask';
import classes from './Licence.module.css';
import { useChanged } from './useChanged';
import { sourceWords } from './words';

type Props = { licence: Licence; manages: boolean };

export function LicenceCard({ licence, manages }: Props) {
  const { claims } = licence;
  return (
    <section className="z-card" aria-labelledby="licence">
      <header>
        <h2 id="licence" className="z-grow">
          {claims.planName}
        </h2>
        {claims.features.includes('priority_support') && <span className="z-tag">Priority support</span>}
      </header>
      <dl className="z-facts z-card-body">
        <dt>From</dt>
        <dd>{sourceWords(claims)}</dd>
        <dt>Valid till</dt>
        <dd>{claims.validUntil ? lastDay(claims.validUntil) : 'No end'}</dd>
        <dt>Seats</dt>
        <dd>{showLimit(claims.maxSeats)}</dd>
        {licence.licensee && (
          <>
            <dt>Issued to</dt>
            <dd>{licence.licensee}</dd>
          </>
        )}
        {licence.key && (
          <>
            <dt>Key</dt>
            <dd className="z-nowrap">{licence.key}</dd>
          </>
        )}
        {licence.checkedAt && (
          <>
            <dt>Last check</dt>
            <dd>{formatInstant(licence.checkedAt)}</dd>
          </>
        )}
        {licence.failure && (
          <>
            <dt>Last problem</dt>
            <dd>{licence.failure}</dd>
          </>
        )}
      </dl>
      {manages && (
        <div className={classes.part}>
          <Change licence={licence} />
        </div>
      )}
    </section>
  );
}

/** The end is the midnight after the last day. */
function lastDay(validUntil: string): string {
  return formatDate(dateOf(new Date(Date.parse(validUntil) - 1000).toISOString()));
}

function Change({ licence }: { licence: Licence }) {
  const changed = useChanged();
  const [key, setKey] = useState('');
  const finish = (words: string) => {
    setKey('');
    done(words);
    changed();
  };
  const activate = useMutation({
    mutationFn: () => unwrap(api.POST('/api/license/activate', { body: { key } })),
    onSuccess: (claims) => finish(`${claims.planName} is active.`),
  });
  const open = useMutation({
    mutationFn: async (file: File) => unwrap(api.POST('/api/license/bundle', { body: { content: await file.text() } })),
    onSuccess: (claims) => finish(`${claims.planName} is active.`),
  });
  const check = useMutation({
    mutationFn: () => unwrap(api.POST('/api/license/check', {})),
    onSuccess: () => finish('The licence was checked.'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    activate.mutate();
  };
  const error = activate.error ?? open.error ?? check.error;
  return (
    <form className="z-card-body z-form" onSubmit={submit} noValidate>
      <FormSummary
        error={error}
        labels={{ key: 'Licence key', content: 'Licence file' }}
        ids={{ key: 'licence-key' }}
      />
      {licence.canCheck ? (
        <TextInput
          id="licence-key"
          label="Licence key"
          description="As in your mail. Case does not matter; the letters O and I count as 0 and 1."
          placeholder="ZCRM-XXXX-XXXX-XXXX-XXXX"
          value={key}
          maxLength={24}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setKey(keyMask(event.currentTarget.value))}
          error={activate.error ? toApiError(activate.error).fields.key : undefined}
        />
      ) : (
        <p className="z-2" style={{ margin: 0 }}>
          Keys are not checked on this installation. Use a licence file; support sends it by mail.
        </p>
      )}
      <div className="z-row-wrap">
        {licence.canCheck && (
          <Button type="submit" loading={activate.isPending}>
            Activate key
          </Button>
        )}
        <FileButton accept=".zlic,application/json" onChange={(file) => file && open.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={open.isPending}>
              Upload .zlic
            </Button>
          )}
        </FileButton>
        {licence.claims.source === 'key' && (
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
            Check now
          </Button>
        )}
      </div>
    </form>
  );
}
