// What can be done with the selected filings: assign, review, export, and the rest under More.
import { Menu } from '@mantine/core';
import { IconDots, IconDownload, IconHourglassHigh, IconUserPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FilingListQuery } from '@/api/queries';
import type { BulkAnswer } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useCan, useMe } from '@/app/me';
import { useReadOnly } from '@/app/writing';
import classes from '@/components/SelectionBar.module.css';
import { WriteItem } from '@/components/WriteItem';
import { exportHref } from '@/lib/exportHref';
import { formatCount, plural } from '@/lib/format';
import { failed } from '@/lib/notify';
import { type Scope, scopeCount, useBulk } from '../useBulk';
import { BulkAssign } from './BulkAssign';
import { BulkClose } from './BulkClose';
import { BulkFiled } from './BulkFiled';
import { BulkResults } from './BulkResults';
import { BulkTarget } from './BulkTarget';

export type BulkKind = 'assign' | 'filed' | 'target' | 'waived' | 'not_applicable';

type Props = {
  scope: Scope;
  /** The list's own query, for exports of all it holds. */
  query: FilingListQuery;
  total: number;
  /** Set when every row of the page is selected and there are more: offers all of them. */
  onSelectAll?: () => void;
  onClear: () => void;
  /** An action asked for by a key before there was a bar. */
  asked?: BulkKind | null;
  onAsked: (kind: BulkKind | null) => void;
  /** Nothing is selected: only the asked dialog shows, about the current row. */
  quiet?: boolean;
};

export default function SelectionBar({ scope, query, total, onSelectAll, onClear, asked, onAsked, quiet }: Props) {
  const me = useMe();
  const can = useCan();
  const readOnly = useReadOnly();
  const [answer, setAnswer] = useState<BulkAnswer | null>(null);
  const finish = (done: BulkAnswer) => {
    onAsked(null);
    if (done.failed > 0) setAnswer(done);
    else onClear();
  };
  const bulk = useBulk(finish);
  const count = scopeCount(scope);
  const edit = can('filings.edit');
  const review = () =>
    bulk.mutate({ scope, change: { status: 'in_review' }, words: 'Sent for review' }, { onError: failed });
  const chosen = scope.kind === 'rows' ? { id: scope.rows.map((row) => row.id), view: 'all' } : query;
  useHotkeys({ Escape: onClear }, keysOn(me) && !quiet && !asked);
  const close = () => {
    bulk.reset();
    onAsked(null);
  };
  const dialog = { scope, bulk, today: me.today, onClose: close };
  return (
    <>
      {!quiet && (
        <div className={classes.bar} role="toolbar" aria-label="Selected filings" data-print="hide">
          <span className={`${classes.count} num`} role="status">
            {scope.kind === 'filter' ? `All ${formatCount(count)} selected` : `${formatCount(count)} selected`}
          </span>
          {onSelectAll && (
            <button type="button" onClick={onSelectAll}>
              Select all {formatCount(total)}
            </button>
          )}
          {edit && (
            <button
              type="button"
              title={readOnly ?? 'Assign (a)'}
              disabled={readOnly !== null}
              onClick={() => onAsked('assign')}
            >
              <IconUserPlus size={16} aria-hidden="true" /> Assign
            </button>
          )}
          {edit && (
            <button type="button" title={readOnly ?? undefined} disabled={readOnly !== null} onClick={review}>
              <IconHourglassHigh size={16} aria-hidden="true" /> Send for review
            </button>
          )}
          {can('clients.export') && (
            <a href={exportHref('/api/return-filings/export', chosen, 'xlsx')} download>
              <IconDownload size={16} aria-hidden="true" /> Export
            </a>
          )}
          {edit && (
            <Menu position="top-end">
              <Menu.Target>
                <button type="button">
                  <IconDots size={16} aria-hidden="true" /> More
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                {can('filings.file') && scope.kind === 'rows' && (
                  <Menu.Item onClick={() => onAsked('filed')}>Mark as filed</Menu.Item>
                )}
                <WriteItem onClick={() => onAsked('target')}>Set internal target date</WriteItem>
                {can('filings.decide') && <WriteItem onClick={() => onAsked('waived')}>Waive, with a reason</WriteItem>}
                {can('filings.decide') && (
                  <WriteItem onClick={() => onAsked('not_applicable')}>Not applicable, with a reason</WriteItem>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
          <button type="button" aria-label="Clear the selection" title="Clear the selection (Esc)" onClick={onClear}>
            <IconX size={16} aria-hidden="true" />
          </button>
        </div>
      )}
      {asked === 'assign' && <BulkAssign {...dialog} />}
      {asked === 'target' && <BulkTarget {...dialog} />}
      {asked === 'filed' && <BulkFiled {...dialog} />}
      {(asked === 'waived' || asked === 'not_applicable') && <BulkClose {...dialog} kind={asked} />}
      {answer && (
        <BulkResults
          answer={answer}
          onClose={() => {
            setAnswer(null);
            onClear();
          }}
        />
      )}
    </>
  );
}

/** "3 filings", or the one filing's name. */
export function scopeWords(scope: Scope): string {
  const [only, more] = scope.kind === 'rows' ? scope.rows : [];
  return only && !more ? only.name : plural(scopeCount(scope), 'filing');
}
