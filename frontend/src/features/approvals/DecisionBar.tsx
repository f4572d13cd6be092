// The foot: comment, reject, send back, approve; for the maker, why not, and withdraw or send again.
import { TextInput } from '@mantine/core';
import { IconArrowBackUp, IconChecks, IconCircleX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import type { ProposalDetail } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { plural } from '@/lib/format';
import { done } from '@/lib/notify';
import classes from './Approvals.module.css';
import { fieldsOf } from './Change';
import { useRefreshApprovals } from './useRefreshApprovals';

type Verb = 'approve' | 'reject' | 'return' | 'withdraw' | 'resubmit';
const SAID: Record<Verb, string> = {
  approve: 'Approved',
  reject: 'Rejected',
  return: 'Sent back',
  withdraw: 'Withdrawn',
  resubmit: 'Sent again',
};

function send(verb: Verb, one: ProposalDetail, comment: string) {
  const params = { path: { id: one.id }, header: ifMatch(one.version) };
  const body = comment ? { comment } : {};
  if (verb === 'approve') return unwrap(api.POST('/api/approvals/{id}/approve', { params, body }));
  if (verb === 'reject') return unwrap(api.POST('/api/approvals/{id}/reject', { params, body }));
  if (verb === 'return') return unwrap(api.POST('/api/approvals/{id}/return', { params, body }));
  if (verb === 'withdraw') return unwrap(api.POST('/api/approvals/{id}/withdraw', { params }));
  return unwrap(api.POST('/api/approvals/{id}/resubmit', { params, body: { reason: comment } }));
}

export function DecisionBar({ one, onDecided }: { one: ProposalDetail; onDecided: () => void }) {
  const me = useMe();
  const refresh = useRefreshApprovals();
  const [comment, setComment] = useState('');
  const [local, setLocal] = useState<unknown>(null);
  const [approve, back, reject] = [
    useRef<HTMLButtonElement>(null),
    useRef<HTMLButtonElement>(null),
    useRef<HTMLButtonElement>(null),
  ];
  const decide = useMutation({
    mutationFn: (verb: Verb) => send(verb, one, comment.trim()),
    onSuccess: (now, verb) => {
      refresh();
      const next = verb === 'approve' && now.state === 'pending' ? ', it goes on to the next level' : '';
      done(`${SAID[verb]}: ${one.about}${next}.`);
      onDecided();
    },
    // Somebody else decided, or the record moved on: show it as it is now.
    onError: (error) => {
      if (toApiError(error).status === 409) refresh();
    },
  });
  useHotkeys(
    {
      a: () => approve.current?.focus(),
      b: () => back.current?.focus(),
      r: () => reject.current?.focus(),
    },
    keysOn(me),
  );
  const say = (verb: Verb) => {
    const words =
      verb === 'resubmit' ? 'Say what you answer to the comment.' : 'Say why; the person who asked reads it.';
    const needed = verb !== 'approve' && verb !== 'withdraw' && !comment.trim();
    const fault = localErrors(needed ? { comment: words } : {});
    setLocal(fault);
    if (!fault) decide.mutate(verb);
  };
  const fault = local ?? decide.error;
  const open = one.state === 'pending' || one.state === 'returned';
  if (!open) return null;
  const off = one.state === 'pending' && !one.mayDecide;
  const busy = (verb: Verb) => decide.isPending && decide.variables === verb;
  return (
    <>
      <div className={classes.bar} data-print="hide">
        {one.state === 'pending' && (
          <>
            {off ? (
              <span id="why-not" className="z-2">
                {one.whyNot}
              </span>
            ) : (
              <TextInput
                id="decision-comment"
                aria-label="Comment"
                placeholder="Comment. Needed if you send back or reject."
                value={comment}
                onChange={(event) => setComment(event.currentTarget.value)}
                error={fault ? toApiError(fault).fields.comment : undefined}
                maxLength={2000}
              />
            )}
            {!off && (
              <>
                <WriteButton
                  ref={reject}
                  size="sm"
                  variant="default"
                  leftSection={<IconCircleX size={15} />}
                  loading={busy('reject')}
                  onClick={() => say('reject')}
                >
                  Reject
                </WriteButton>
                <WriteButton
                  ref={back}
                  size="sm"
                  variant="default"
                  leftSection={<IconArrowBackUp size={15} />}
                  loading={busy('return')}
                  onClick={() => say('return')}
                >
                  Send back
                </WriteButton>
              </>
            )}
            {one.mine && (
              <WriteButton size="sm" variant="default" loading={busy('withdraw')} onClick={() => say('withdraw')}>
                Withdraw
              </WriteButton>
            )}
            <WriteButton
              ref={approve}
              size="sm"
              leftSection={<IconChecks size={16} />}
              aria-disabled={off || undefined}
              aria-describedby={off ? 'why-not' : undefined}
              data-disabled={off || undefined}
              title={off ? (one.whyNot ?? undefined) : undefined}
              loading={busy('approve')}
              onClick={() => !off && say('approve')}
            >
              Approve {plural(fieldsOf(one), 'change')}
            </WriteButton>
          </>
        )}
        {one.state === 'returned' &&
          (one.mine ? (
            <>
              <TextInput
                id="decision-comment"
                aria-label="Your answer"
                placeholder="Your answer. To correct it, open the form on the record: it holds what you proposed."
                value={comment}
                onChange={(event) => setComment(event.currentTarget.value)}
                error={fault ? toApiError(fault).fields.comment : undefined}
                maxLength={2000}
              />
              <WriteButton size="sm" variant="default" loading={busy('withdraw')} onClick={() => say('withdraw')}>
                Withdraw
              </WriteButton>
              <WriteButton size="sm" loading={busy('resubmit')} onClick={() => say('resubmit')}>
                Send again as it is
              </WriteButton>
            </>
          ) : (
            <span className="z-2">Sent back to {one.maker.name}, who corrects or withdraws it.</span>
          ))}
      </div>
      {one.actingFor && one.state === 'pending' && (
        <p className="z-2 z-small">You decide in the place of {one.actingFor.name}; that stays on the record.</p>
      )}
      <FormSummary error={fault} labels={{ comment: 'Comment' }} ids={{ comment: 'decision-comment' }} />
    </>
  );
}
