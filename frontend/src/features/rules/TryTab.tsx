// Try the rule with your own facts: a form made from what the rule asks for, and the answer with its reasons. Nothing is stored.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import type { RuleDetail, RuleInput } from '@/api/types';
import { useCan, useMe } from '@/app/me';
import { DateField } from '@/components/DateField';
import { FormSummary } from '@/components/FormSummary';
import { cleanFact, FactInput } from '@/features/clients/FactInput';
import { ClientPicker } from './ClientPicker';
import classes from './Rule.module.css';
import { TryAnswerCards } from './TryAnswer';

const GROUPS: [string, RuleInput['role'][]][] = [
  ['When', ['period', 'event', 'other_event']],
  ['The client', ['fact']],
  ['For the cost of being late', ['cost_fact']],
];

const idOf = (name: string) => `try-${name}`;

export default function TryTab({ rule }: { rule: RuleDetail }) {
  const me = useMe();
  const can = useCan();
  const start = rule.examples[0]?.result.periodEnd ?? '';
  const periodic = rule.inputs.some((one) => one.role === 'period');
  const [values, setValues] = useState<Record<string, string>>(periodic ? { reference_date: start } : {});
  const [client, setClient] = useState<string | null>(null);
  const [filedOn, setFiledOn] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/rulebook/evaluate', {
          body: {
            code: rule.code,
            facts: Object.fromEntries(rule.inputs.map((input) => [input.name, given(input, values[input.name] ?? '')])),
            clientId: client ? Number(client) : null,
            filedOn: filedOn || null,
          },
        }),
      ),
  });
  const error = ask.error ? toApiError(ask.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  const labels = Object.fromEntries(rule.inputs.map((one) => [`facts.${one.name}`, one.title]));
  const ids = Object.fromEntries(rule.inputs.map((one) => [`facts.${one.name}`, idOf(one.name)]));
  return (
    <div className={classes.halves}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={ask.error}
          labels={{ ...labels, filedOn: 'Filed on' }}
          ids={{ ...ids, filedOn: idOf('filed-on') }}
        />
        {can('clients.view') && (
          <section className="z-card">
            <div className="z-card-body">
              <ClientPicker id={idOf('client')} value={client} onChange={setClient} />
            </div>
          </section>
        )}
        {GROUPS.map(([title, roles]) => {
          const inputs = rule.inputs.filter((one) => roles.includes(one.role));
          const late = title === 'For the cost of being late';
          if (inputs.length === 0 && !(late && rule.cost.length > 0)) return null;
          return (
            <section key={title} className="z-card" aria-label={title}>
              <header>
                <h2>{title}</h2>
              </header>
              <div className={`z-card-body ${classes.form}`}>
                {inputs.map((input) => (
                  <FactInput
                    key={input.name}
                    id={idOf(input.name)}
                    def={{ ...input, key: input.name, fromRecord: false }}
                    label={input.needed ? `${input.title} (needed)` : input.title}
                    value={values[input.name] ?? ''}
                    today={me.today}
                    error={error?.fields[`facts.${input.name}`]}
                    onChange={(value) => setValues((now) => ({ ...now, [input.name]: value }))}
                  />
                ))}
                {late && (
                  <DateField
                    id={idOf('filed-on')}
                    label="Filed on"
                    value={filedOn}
                    onChange={setFiledOn}
                    today={me.today}
                    error={error?.fields.filedOn}
                    help="Leave it empty to see what it would cost by day."
                  />
                )}
              </div>
            </section>
          );
        })}
        <div className="z-row">
          <Button type="submit" loading={ask.isPending}>
            Work it out
          </Button>
          <span className="z-2">Nothing is stored.</span>
        </div>
      </form>
      <div className="z-stack-lg" aria-live="polite">
        {ask.data && !ask.error ? (
          <TryAnswerCards answer={ask.data} />
        ) : (
          <p className="z-2" style={{ margin: 0 }}>
            The due date, its reasons and the cost of being late appear here.
          </p>
        )}
      </div>
    </div>
  );
}

/** As the server reads it: sets are joined with bars, numbers have no commas. */
function given(input: RuleInput, value: string): string {
  if (input.kind === 'set_of') return value.split(',').join('|');
  return cleanFact({ ...input, key: input.name, fromRecord: false }, value);
}
