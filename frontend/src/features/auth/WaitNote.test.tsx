import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/api/error';
import { WaitNote } from './WaitNote';

const refused = (wait: string, requestId: string, status = 429) =>
  new ApiError(status, { error: 'Too many wrong tries.', requestId }, new Headers({ 'retry-after': wait }));

/** Seconds go by. */
function pass(seconds: number) {
  for (let n = 0; n < seconds; n += 1) act(() => vi.advanceTimersByTime(1_000));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the wait counts down and says when it is over', () => {
  const { rerender } = render(<WaitNote fault={refused('5', 'a')} />);
  expect(screen.getByText('You can try again in 5 s.')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('');
  pass(3);
  expect(screen.getByText('You can try again in 2 s.')).toBeTruthy();
  pass(2);
  expect(screen.getByRole('status').textContent).toBe('You can try again now.');
  expect(screen.queryByText(/again in/)).toBeNull();
  // The next refusal may be as long as the one before.
  rerender(<WaitNote fault={refused('5', 'b')} />);
  expect(screen.getByText('You can try again in 5 s.')).toBeTruthy();
});

test('long waits are told in minutes, other faults have none', () => {
  const { rerender, container } = render(<WaitNote fault={refused('640', 'a')} />);
  expect(screen.getByText('You can try again in 11 min.')).toBeTruthy();
  rerender(<WaitNote fault={refused('5', 'b', 503)} />);
  expect(container.textContent).toBe('');
  rerender(<WaitNote fault={null} />);
  expect(container.textContent).toBe('');
});
