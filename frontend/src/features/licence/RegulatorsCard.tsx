// A plan with only some regulators: which ones the firm's filings are planned for.
import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import type { Licence } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { showLimit } from '@/lib/limit';
import { done } from '@/lib/notify';
import { useChanged } from './useChanged';

export function RegulatorsCard({ licence, manages }: { licence: Licence; manages: boolean }) {
  const limit = licence.claims.limits.regulators ?? 0;
  const [chosen, setChosen] = useState<string[]>(licence.claims.regulators ?? []);
  const changed = useChanged();
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT('/api/license/regulators', { body: { regulators: chosen } })),
    onSuccess: () => {
      done('Saved. Filings are planned anew.');
      changed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <section className="z-card" aria-labelledby="regulators">
      <header>
        <h2 id="regulators">Regulators</h2>
      </header>
      <form className="z-card-body z-stack" onSubmit={submit}>
        <FormSummary error={save.error} labels={{ regulators: 'Regulators' }} />
        <Checkbox.Group
          label={`Your plan covers ${showLimit(limit)}`}
          description="Returns of the others are not planned. Reports to FIU-IND come with whichever you choose. What was filed stays."
          value={chosen}
          onChange={setChosen}
        >
          <div className="z-row-wrap" style={{ gap: 16, marginTop: 8 }}>
            {licence.regulators.map((name) => (
              <Checkbox key={name} value={name} label={name} disabled={!manages} />
            ))}
          </div>
        </Checkbox.Group>
        {manages && (
          <div>
            <Button type="submit" variant="default" loading={save.isPending}>
              Save regulators
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
