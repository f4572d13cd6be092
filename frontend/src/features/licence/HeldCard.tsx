// More clients than the plan allows: which of them are read-only. Nothing of them is deleted.
import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { heldClientsQuery } from '@/api/queries';
import { FormSummary } from '@/components/FormSummary';
import { plural } from '@/lib/format';
import { done } from '@/lib/notify';
import classes from './Licence.module.css';
import { useChanged } from './useChanged';

export function HeldCard({ manages }: { manages: boolean }) {
  const { data } = useQuery(heldClientsQuery());
  const [edited, setEdited] = useState<string[] | null>(null);
  const changed = useChanged();
  const save = useMutation({
    mutationFn: (ids: number[]) => unwrap(api.PUT('/api/license/held-clients', { body: { clientIds: ids } })),
    onSuccess: () => {
      setEdited(null);
      done('Saved.');
      changed();
    },
  });
  if (!data) return null;
  const chosen = edited ?? data.items.filter((client) => client.held).map((client) => String(client.id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(chosen.map(Number));
  };
  return (
    <section className="z-card" aria-labelledby="held">
      <header>
        <h2 id="held">{plural(data.excess, 'client')} over your plan</h2>
      </header>
      <form className="z-card-body z-stack" onSubmit={submit}>
        <FormSummary error={save.error} labels={{ clientIds: 'Clients' }} />
        <Checkbox.Group
          label={`Choose ${data.excess} to be read-only`}
          description={`${chosen.length} of ${data.excess} chosen. Nothing is deleted, and their filings can still be recorded.`}
          value={chosen}
          onChange={setEdited}
        >
          <div className={classes.held}>
            {data.items.map((client) => (
              <Checkbox key={client.id} value={String(client.id)} label={client.clientName} disabled={!manages} />
            ))}
          </div>
        </Checkbox.Group>
        {manages && (
          <div>
            <Button type="submit" variant="default" loading={save.isPending}>
              Save choice
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
