// One change to many filings: the selected ones, or all that the list's filter holds; and taking it back.
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { FilingListQuery } from '@/api/queries';
import type { BulkAnswer, BulkBody, BulkChange } from '@/api/types';
import { plural } from '@/lib/format';
import { done, undoable } from '@/lib/notify';
import { useRefreshFilings } from './useFilingChange';

/** The filings an action is about. */
export type Scope =
  | { kind: 'rows'; rows: { id: number; version: number; name: string }[] }
  | { kind: 'filter'; filter: FilingListQuery; total: number };

export const scopeCount = (scope: Scope): number => (scope.kind === 'rows' ? scope.rows.length : scope.total);

/** A change to one of many, with the row's own part. */
export type RowChange = { id: number; change: BulkChange };

const send = (body: BulkBody) => unwrap(api.POST('/api/return-filings/bulk', { body }));

function bodyOf(scope: Scope, change: BulkChange): BulkBody {
  if (scope.kind === 'filter') {
    const filter = Object.fromEntries(Object.entries(scope.filter).filter(([, value]) => value !== undefined));
    return { filter, expected: scope.total, change } as BulkBody;
  }
  return { rows: scope.rows.map(({ id, version }) => ({ id, version })), change } as BulkBody;
}

/** The change that takes a row back to what it was. */
function back(change: BulkChange, before: NonNullable<BulkAnswer['results'][number]['before']>): BulkChange {
  if ('assigneeId' in change) return { assigneeId: before.assigneeId ?? null };
  if ('targetDueOn' in change) return { targetDueOn: before.targetDueOn ?? null };
  return { status: before.inReview ? 'in_review' : 'open' };
}

/** Runs a change. `onDone` gets the answer; a change that can be taken back offers Undo. */
export function useBulk(onDone: (answer: BulkAnswer) => void) {
  const refresh = useRefreshFilings();
  return useMutation({
    mutationFn: ({ scope, change, rows }: { scope: Scope; change: BulkChange; rows?: RowChange[]; words: string }) =>
      send(rows ? ({ rows } as BulkBody) : bodyOf(scope, change)),
    onSuccess: (answer, { change, words }) => {
      refresh();
      onDone(answer);
      if (answer.done === 0) return;
      if (answer.proposal) {
        const who = answer.proposal.signOff[0]?.who ?? 'somebody else';
        return done(`Sent for approval to ${who}: ${plural(answer.done, 'filing')}. Nothing changes before that.`);
      }
      const message = `${words}: ${plural(answer.done, 'filing')}.`;
      const reversible = 'assigneeId' in change || 'targetDueOn' in change || change.status === 'in_review';
      if (!reversible) return done(message);
      const rows = answer.results.flatMap(({ id, version, before }) =>
        version && before ? [{ id, version, change: back(change, before) }] : [],
      );
      undoable(message, async () => {
        const undone = await send({ rows } as BulkBody);
        refresh();
        done(
          undone.failed
            ? `${undone.done} taken back; ${undone.failed} had changed meanwhile and stayed.`
            : `Taken back: ${plural(undone.done, 'filing')}.`,
        );
      });
    },
  });
}
