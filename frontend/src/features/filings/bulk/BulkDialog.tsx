// The frame of a dialog that changes many filings: errors, and two named buttons.
import { Button, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ApprovalNote } from '@/components/ApprovalNote';
import { FormSummary } from '@/components/FormSummary';
import type { Scope, useBulk } from '../useBulk';

export type BulkDialogProps = { scope: Scope; bulk: ReturnType<typeof useBulk>; today: string; onClose: () => void };

type Props = Pick<BulkDialogProps, 'bulk' | 'onClose'> & {
  title: string;
  act: string;
  onSubmit: () => void;
  /** What is wrong before anything was sent. */
  local?: unknown;
  labels?: Record<string, string>;
  ids?: Record<string, string>;
  size?: string;
  /** The word to whoever approves it, and how it changes. */
  note?: [string, (note: string) => void];
  children: ReactNode;
};

export function BulkDialog({ title, act, onSubmit, local, labels, ids, size, note, bulk, onClose, children }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={local ?? bulk.error} labels={labels} ids={ids} />
        {children}
        {note && <ApprovalNote id="bulk-note" value={note[0]} onChange={note[1]} />}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose} size="sm">
            Keep as they are
          </Button>
          <Button type="submit" loading={bulk.isPending} size="sm">
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
