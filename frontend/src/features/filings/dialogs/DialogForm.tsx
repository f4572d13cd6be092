// The frame of a dialog that changes a filing: errors, the stale notice, and two named buttons. The safe one has focus first.
import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { toApiError } from '@/api/error';
import { filingQuery } from '@/api/queries';
import { FormSummary } from '@/components/FormSummary';

type Props = {
  title: string;
  filingId: number;
  onClose: () => void;
  onSubmit: () => void;
  error: unknown;
  labels?: Record<string, string>;
  ids?: Record<string, string>;
  busy: boolean;
  /** What the button does: "Mark as filed". */
  act: string;
  keep?: string;
  children: ReactNode;
};

export function DialogForm({
  title,
  filingId,
  onClose,
  onSubmit,
  error,
  labels,
  ids,
  busy,
  act,
  keep = 'Keep open',
  children,
}: Props) {
  const queryClient = useQueryClient();
  const stale = error ? toApiError(error).stale : false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={error} labels={labels} ids={ids} />
        {stale && (
          <div className="z-row">
            <span className="z-2 z-grow">
              Someone else changed this filing. Load it, then try again; what you typed stays.
            </span>
            <Button
              variant="default"
              onClick={() => void queryClient.invalidateQueries({ queryKey: filingQuery(filingId).queryKey })}
            >
              Load the change
            </Button>
          </div>
        )}
        {children}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose} size="sm">
            {keep}
          </Button>
          <Button type="submit" loading={busy} size="sm">
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
