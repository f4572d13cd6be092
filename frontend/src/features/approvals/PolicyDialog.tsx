// One approval level setting: who at each level, from which size on, until when. Saving it may itself wait for approval.
import { Button, Checkbox, Modal, NumberInput, Textarea } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { toApiError } from '@/api/error';
import type { ApprovalPolicy, UserRef } from '@/api/types';
import { roleTitle } from '@/app/me';
import { FormSummary } from '@/components/FormSummary';
import { MultiChoice } from '@/components/MultiChoice';
import { plural } from '@/lib/format';
import { done, whenWaiting } from '@/lib/notify';
import classes from './Approvals.module.css';
import { useRefreshApprovals } from './useRefreshApprovals';

const ROLES = ['analyst', 'checker', 'principal_officer', 'admin'];

type Level = { key: number; who: string[]; fromSize: number };
let nextKey = 1;

const read = (policy: ApprovalPolicy): Level[] =>
  policy.levels.map((level) => ({
    key: nextKey++,
    who: [...(level.roles ?? []), ...(level.people ?? []).map((id) => `#${id}`)],
    fromSize: level.fromSize ?? 0,
  }));

type Props = {
  policy: ApprovalPolicy;
  people: UserRef[];
  /** How many levels the plan allows; -1 is any number. */
  most: number;
  onClose: () => void;
};

export default function PolicyDialog({ policy, people, most, onClose }: Props) {
  const refresh = useRefreshApprovals();
  const [levels, setLevels] = useState(() => read(policy));
  const [days, setDays] = useState<number | string>(policy.expiresAfterDays);
  const [reason, setReason] = useState(policy.reasonRequired);
  const [note, setNote] = useState('');
  const close = () => {
    refresh();
    onClose();
  };
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/approvals/policies/{action}', {
          params: { path: { action: policy.action }, header: ifMatch(policy.version) },
          body: {
            levels: levels.map(({ who, fromSize }) => ({
              roles: who.filter((one) => !one.startsWith('#')),
              people: who.filter((one) => one.startsWith('#')).map((one) => Number(one.slice(1))),
              fromSize,
            })),
            expiresAfterDays: Number(days),
            reasonRequired: reason,
            approvalNote: note.trim() || null,
          },
        }),
      ),
    onError: whenWaiting(close),
    onSuccess: () => {
      done('Saved.');
      close();
    },
  });
  const fields = save.error ? toApiError(save.error).fields : {};
  const change = (key: number, part: Partial<Level>) =>
    setLevels((now) => now.map((level) => (level.key === key ? { ...level, ...part } : level)));
  const choices = [
    ...ROLES.map((role) => ({ value: role, label: roleTitle(role) })),
    ...people.filter((one) => one.active !== false).map((one) => ({ value: `#${one.id}`, label: one.displayName })),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={policy.title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary
          error={save.error}
          labels={{ levels: 'Levels', expiresAfterDays: 'Lapses after', approvalNote: 'Note' }}
          ids={{ expiresAfterDays: 'policy-days' }}
        />
        <div className={classes.levels}>
          {levels.length === 0 && <p className="z-2">No level: it applies at once.</p>}
          {levels.map((level, at) => (
            <fieldset key={level.key} className={classes.level}>
              <legend className="z-hide">Level {at + 1}</legend>
              <span className="z-strong">Level {at + 1}</span>
              <Button
                variant="default"
                leftSection={<IconTrash size={14} />}
                aria-label={`Remove level ${at + 1}`}
                onClick={() => setLevels((now) => now.filter((one) => one.key !== level.key))}
              >
                Remove
              </Button>
              <MultiChoice
                label={`Who approves level ${at + 1}: roles, or people`}
                data={choices}
                value={level.who}
                onChange={(who) => change(level.key, { who })}
                error={fields[`levels.${at}`]}
              />
              {policy.unit && (
                <NumberInput
                  label={`From how many ${policy.unit} on`}
                  description="Smaller ones do not need this level."
                  min={0}
                  value={level.fromSize}
                  onChange={(size) => change(level.key, { fromSize: Number(size) || 0 })}
                />
              )}
            </fieldset>
          ))}
          <div>
            {most > 0 && levels.length >= most && (
              <p className="z-2 z-small">Your plan allows {plural(most, 'level')} for a change.</p>
            )}
            <Button
              variant="default"
              disabled={most > 0 && levels.length >= most}
              leftSection={<IconPlus size={14} />}
              onClick={() => setLevels((now) => [...now, { key: nextKey++, who: [], fromSize: 0 }])}
            >
              Add a level
            </Button>
          </div>
        </div>
        <NumberInput
          id="policy-days"
          label="Lapses after, in days"
          description="Undecided until then, it is refused; it never applies by itself."
          min={1}
          max={90}
          value={days}
          onChange={setDays}
          error={fields.expiresAfterDays}
        />
        <Checkbox
          label="Whoever makes the change must say why"
          checked={reason}
          onChange={(event) => setReason(event.currentTarget.checked)}
        />
        <Textarea
          label="Note for whoever approves this setting (optional)"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={2000}
          autosize
        />
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Keep as it is
          </Button>
          <Button type="submit" size="sm" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
