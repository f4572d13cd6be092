// Name, theme and the keyboard switch.
import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { meQuery } from '@/api/queries';
import { keysOn, useMe } from '@/app/me';
import { useSavePreferences } from '@/app/preferences';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';

export function PersonCard() {
  const me = useMe();
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.user.displayName);
  const [local, setLocal] = useState<unknown>(null);
  const preferences = useSavePreferences();
  const save = useMutation({
    mutationFn: () => unwrap(api.PATCH('/api/me', { body: { displayName: name.trim() } })),
    onSuccess: (next) => {
      queryClient.setQueryData(meQuery().queryKey, next);
      done('Name changed.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(name.trim() ? {} : { displayName: 'Type your name.' });
    setLocal(fault);
    if (!fault) save.mutate();
  };
  const error = local ?? save.error;
  return (
    <section className="z-card" aria-labelledby="you">
      <header>
        <h2 id="you">You</h2>
      </header>
      <div className="z-card-body z-form">
        <form className="z-stack" onSubmit={submit} noValidate>
          <FormSummary error={error} labels={{ displayName: 'Name' }} ids={{ displayName: 'your-name' }} />
          <TextInput
            id="your-name"
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error ? toApiError(error).fields.displayName : undefined}
            autoComplete="name"
          />
          {name !== me.user.displayName && (
            <div>
              <Button type="submit" loading={save.isPending}>
                Save name
              </Button>
            </div>
          )}
        </form>
        <div className="z-stack" style={{ gap: 4 }}>
          <span className="z-strong" id="theme-label">
            Theme
          </span>
          <div>
            <SegmentedControl
              aria-labelledby="theme-label"
              value={me.preferences.theme ?? 'system'}
              onChange={(theme) => preferences.mutate({ theme })}
              data={[
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
                { value: 'system', label: 'System' },
              ]}
            />
          </div>
        </div>
        <Switch
          label="Alerts in the daily mail"
          description="Off: only breaches and licence-critical returns come by mail. Notices are not affected."
          checked={me.preferences.alertMail ?? true}
          onChange={(event) => preferences.mutate({ alertMail: event.currentTarget.checked })}
        />
        <Switch
          label="Single-key shortcuts"
          description="j, k, /, g then t and so on. Off: only the usual keys of your browser."
          checked={keysOn(me)}
          onChange={(event) => preferences.mutate({ singleKeys: event.currentTarget.checked })}
        />
      </div>
    </section>
  );
}
