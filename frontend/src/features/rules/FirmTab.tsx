// What the firm sets for one rule, beside the law: planned or not, its own target, its own checklist items.
import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { RuleDetail } from '@/api/types';
import { useCan } from '@/app/me';
import { Corrected, type Kept } from '@/components/Corrected';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { confidenceWords } from '@/lib/confidence';
import { done, whenWaiting } from '@/lib/notify';
import { EffectNote } from './EffectNote';
import classes from './Rule.module.css';
import {
  keptSetting,
  SETTING_IDS,
  SETTING_LABELS,
  type SettingValues,
  settingBody,
  settingGaps,
  settingValues,
  TARGETS,
} from './ruleSetting';
import { useEffectOf } from './useEffectOf';
import { useRulesChanged } from './useRulesChanged';

export default function FirmTab({ rule }: { rule: RuleDetail }) {
  const can = useCan();
  // A newer version starts the form anew.
  return can('rulebook.settings') ? (
    <Corrected key={rule.setting.version} on={`return:${rule.code}`} command="set_return">
      {(kept, notice) => <FirmForm rule={rule} kept={kept} notice={notice} />}
    </Corrected>
  ) : (
    <FirmFacts rule={rule} />
  );
}

function FirmForm({ rule, kept, notice }: { rule: RuleDetail; kept: Kept | null; notice: ReactNode }) {
  const changed = useRulesChanged();
  const [before] = useState(() => settingValues(rule));
  const [values, setValues] = useState<SettingValues>(() => keptSetting(kept) ?? before);
  const [local, setLocal] = useState<unknown>(null);
  const put = (part: Partial<SettingValues>) => setValues((now) => ({ ...now, ...part }));
  const path = { code: rule.code };
  // The reason changes nothing about filings.
  const { reason: _, ...asked } = values;
  const { reason: __, ...was } = before;
  const dirty = JSON.stringify(asked) !== JSON.stringify(was);
  const ready = dirty && Object.keys(settingGaps({ ...values, reason: 'not needed for this' }, before)).length === 0;
  const effect = useEffectOf(rule.code, ready ? settingBody({ ...values, reason: '' }) : null, (body) =>
    unwrap(api.POST('/api/rulebook/returns/{code}/preview', { params: { path }, body })),
  );
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/rulebook/returns/{code}', {
          params: { path, header: ifMatch(rule.setting.version) },
          body: settingBody(values),
        }),
      ),
    onError: whenWaiting(() => {
      setValues(before);
      changed();
    }),
    onSuccess: () => {
      done(`Saved for ${rule.code}. Open filings follow in a moment.`);
      changed();
    },
  });
  const fault = local ?? save.error ?? (ready ? effect.error : null);
  const fields = fault ? toApiError(fault).fields : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps = localErrors(settingGaps(values, before));
    setLocal(gaps);
    if (!gaps) save.mutate();
  };
  return (
    <div className={classes.halves}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        {notice}
        <FormSummary error={local ?? save.error} labels={SETTING_LABELS} ids={SETTING_IDS} />
        {rule.plannable && <Planning rule={rule} values={values} error={fields.enabled} onChange={put} />}
        <section className="z-card" aria-labelledby="your-target">
          <header>
            <h2 id="your-target">Your target</h2>
          </header>
          <div className={`z-card-body ${classes.form}`}>
            <NativeSelect
              label="Aim for"
              value={values.targetKind}
              data={TARGETS}
              onChange={(event) => put({ targetKind: event.currentTarget.value })}
            />
            {values.targetKind && (
              <TextInput
                className={classes.short}
                id={SETTING_IDS.target}
                label={values.targetKind === 'day_of_month' ? 'Day of the month' : 'How many'}
                description={values.targetKind === 'day_of_month' ? '31 is the month end' : undefined}
                inputMode="numeric"
                value={values.targetDays}
                error={fields.target}
                onChange={(event) => put({ targetDays: event.currentTarget.value })}
              />
            )}
            <p className={`z-2 z-small ${classes.plain}`}>
              A target never lies after the legal date, and not before the period is over. Targets set by hand on a
              filing stay.
            </p>
            <TextInput
              className={classes.short}
              id={SETTING_IDS.breachAfterDays}
              label="Days late until it counts as breached"
              placeholder={String(rule.ruleBreachAfterDays)}
              inputMode="numeric"
              value={values.breach}
              error={fields.breachAfterDays}
              onChange={(event) => put({ breach: event.currentTarget.value })}
            />
          </div>
        </section>
        <section className="z-card" aria-labelledby="your-items">
          <header>
            <h2 id="your-items">Your checklist items</h2>
          </header>
          <div className={`z-card-body ${classes.form}`}>
            <Textarea
              id={SETTING_IDS.checklist}
              label="One a line"
              description={
                rule.checklist.length > 0
                  ? `They come after the ${rule.checklist.length} of the rule, which stay.`
                  : 'The rule brings none of its own.'
              }
              autosize
              minRows={3}
              value={values.checklist}
              error={fields.checklist}
              onChange={(event) => put({ checklist: event.currentTarget.value })}
            />
          </div>
        </section>
        <Textarea
          id={SETTING_IDS.reason}
          label={values.enabled === before.enabled ? 'Reason (optional)' : 'Reason'}
          description="It is kept in the journal with your name; whoever approves the change reads it."
          value={values.reason}
          error={fields.reason}
          maxLength={500}
          onChange={(event) => put({ reason: event.currentTarget.value })}
        />
        <div className="z-row-wrap">
          <WriteButton type="submit" loading={save.isPending}>
            Save for your firm
          </WriteButton>
          {dirty && (
            <Button variant="default" onClick={() => setValues(before)}>
              Put back
            </Button>
          )}
        </div>
      </form>
      <div className="z-stack-lg">
        <EffectNote
          effect={ready ? effect.data : undefined}
          busy={ready && effect.isFetching}
          waiting="Change something to see how many filings it means."
        />
        {rule.setting.reason && <LastReason rule={rule} />}
      </div>
    </div>
  );
}

type PlanningProps = {
  rule: RuleDetail;
  values: SettingValues;
  error?: string;
  onChange: (part: Partial<SettingValues>) => void;
};

function Planning({ rule, values, error, onChange }: PlanningProps) {
  const byItself =
    rule.state === 'active' || (rule.state === 'expired' && rule.setting.enabled === null && rule.tracked);
  return (
    <section className="z-card" aria-labelledby="planning">
      <header>
        <h2 id="planning">Planning</h2>
      </header>
      <div className={`z-card-body ${classes.form}`}>
        <Radio.Group
          id={SETTING_IDS.enabled}
          aria-label="Planning"
          value={values.enabled}
          error={error}
          onChange={(enabled) => onChange({ enabled: enabled as SettingValues['enabled'] })}
        >
          <div className="z-stack">
            <Radio value="" label={`As the rulebook says: ${byItself ? 'planned' : 'not planned'}`} />
            <Radio value="on" label="Plan it for the clients to whom it applies" />
            <Radio value="off" label="Do not plan it" />
          </div>
        </Radio.Group>
        {!byItself && values.enabled === 'on' && (
          <Note tone="warn">
            {rule.state === 'off' ? (
              <>
                Grade <span className="mono">{rule.confidence}</span>. {confidenceWords(rule.confidence)}.
              </>
            ) : rule.state === 'legacy' ? (
              <>It is a retired template. {rule.supersededBy.length > 0 && `Today: ${rule.supersededBy.join(', ')}.`}</>
            ) : rule.state === 'non_statutory' ? (
              <>No law asks for it.</>
            ) : (
              <>It is no longer in force.</>
            )}{' '}
            {rule.note} Your firm plans it knowingly; the reason goes on the record.
          </Note>
        )}
        {byItself && values.enabled === 'off' && (
          <Note tone="danger">
            This rule is in force ({rule.citation.instrument}
            {rule.citation.section ? `, ${rule.citation.section}` : ''}). Without planning nobody is reminded of it and
            its lateness is not counted here. The duty of your clients stays.
          </Note>
        )}
      </div>
    </section>
  );
}

function Note({ tone, children }: { tone: 'warn' | 'danger'; children: React.ReactNode }) {
  return (
    <div className="z-notice" data-tone={tone} role="status">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <p className={`z-grow ${classes.plain}`}>{children}</p>
    </div>
  );
}

function LastReason({ rule }: { rule: RuleDetail }) {
  return (
    <section className="z-card" aria-labelledby="last-reason">
      <header>
        <IconInfoCircle size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
        <h2 id="last-reason">The reason given last</h2>
      </header>
      <p className={`z-card-body ${classes.plain}`}>{rule.setting.reason}</p>
    </section>
  );
}

function FirmFacts({ rule }: { rule: RuleDetail }) {
  const { setting } = rule;
  const rows: [string, React.ReactNode][] = [
    ['Planning', setting.enabled === null ? 'As the rulebook says' : setting.enabled ? 'Turned on' : 'Turned off'],
    ['Target', setting.targetWords ?? 'As the rulebook says'],
    [
      'Breached after',
      typeof setting.breachAfterDays === 'number' ? `${setting.breachAfterDays} days` : 'As the rulebook says',
    ],
    ['Checklist', setting.checklist.length > 0 ? setting.checklist.join('; ') : 'Nothing added'],
    ['Reason', setting.reason],
  ];
  return (
    <section className="z-card" aria-label="Your firm">
      <dl className="z-facts z-card-body">
        {rows
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
