// One-line toasts for the result of your own action. Errors that can be fixed are shown in place instead.
import { createElement, type ReactNode } from 'react';
import { toApiError, WaitsError } from '@/api/error';

let wake: () => void = () => undefined;
let awake = false;

/** Calls back when the first toast is shown, so that its code loads only then. */
export function onFirstToast(callback: () => void): () => void {
  wake = callback;
  if (awake) callback();
  return () => {
    wake = () => undefined;
  };
}

type Options = { id?: string; color?: string; autoClose?: number };

async function show(message: ReactNode, options: Options = {}): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  awake = true;
  wake();
  notifications.show({
    message,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': 'Close message' },
    ...options,
  });
}

/** Says what was done. */
export function done(message: string): void {
  void show(message);
}

/** For the failure of a change: when it only waits for approval, says so with the way to it, and carries on. */
export function whenWaiting(carryOn: () => void): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof WaitsError)) return;
    const link = createElement('a', { href: `/approvals/${error.proposal.id}`, className: 'z-toast-undo' }, 'Open it');
    void show(createElement('span', null, error.message, ' ', link), { autoClose: UNDO_MS });
    carryOn();
  };
}

/** The same for changes without a form: any other failure is said in a toast. */
export function waitsOrFailed(carryOn: () => void): (error: unknown) => void {
  const waits = whenWaiting(carryOn);
  return (error) => (error instanceof WaitsError ? waits : failed)(error);
}

/** How long an act can be taken back from its toast and with Ctrl+Z. */
const UNDO_MS = 8_000;

let lastUndo: { run: () => void; until: number } | null = null;

/** Says what was done, with a way back. The toast stays while it is hovered or focused. */
export function undoable(message: string, undo: () => Promise<void>): void {
  const id = `undo-${Date.now()}`;
  const run = () => {
    lastUndo = null;
    void import('@mantine/notifications').then(({ notifications }) => notifications.hide(id));
    undo().catch(failed);
  };
  lastUndo = { run, until: Date.now() + UNDO_MS };
  const button = createElement('button', { type: 'button', className: 'z-toast-undo', onClick: run }, 'Undo');
  void show(createElement('span', null, message, ' ', button), { id, autoClose: UNDO_MS });
}

/** Takes back the last act, if that is still possible; false when there is none. */
export function undoLast(): boolean {
  if (!lastUndo || lastUndo.until < Date.now()) return false;
  lastUndo.run();
  return true;
}

/** Says what could not be done, with the reference to quote. */
export function failed(error: unknown): void {
  const { message, requestId } = toApiError(error);
  void show(requestId ? `${message} Ref ${requestId}` : message, { color: 'red', autoClose: 12_000 });
}
