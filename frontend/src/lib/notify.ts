// One-line toasts for the result of your own action. Errors that can be fixed are shown in place instead.
import { toApiError } from '@/api/error';

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

async function show(message: string, options: { color?: string; autoClose?: number } = {}): Promise<void> {
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

/** Says what could not be done, with the reference to quote. */
export function failed(error: unknown): void {
  const { message, requestId } = toApiError(error);
  void show(requestId ? `${message} Ref ${requestId}` : message, { color: 'red', autoClose: 12_000 });
}
