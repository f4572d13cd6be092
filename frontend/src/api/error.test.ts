// What screens learn from a refused call.
import { expect, it } from 'vitest';
import { errorFrom } from './client';
import { ApiError, localErrors, toApiError } from './error';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  errorFrom(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }));

it('reads sentence, code, fields and reference', async () => {
  const fault = await answer(422, {
    error: 'Look again.',
    code: 'invalid',
    fields: { gstin: ['Last character should be S.'] },
    requestId: '7F3A',
  });
  expect(fault).toMatchObject({
    status: 422,
    message: 'Look again.',
    code: 'invalid',
    fields: { gstin: 'Last character should be S.' },
    requestId: '7F3A',
  });
});
it('finds the reference and the wait in the headers', async () => {
  expect(await answer(429, 'slow down', { 'x-request-id': 'abc', 'retry-after': '24' })).toMatchObject({
    requestId: 'abc',
    retryAfter: 24,
  });
});
it('has words of its own when a proxy answers with a page', async () => {
  expect((await answer(503, '<html>bad</html>')).message).toBe(
    'The database is away. Nothing was changed. Try again in a minute.',
  );
});
it('knows a stale change from another conflict', async () => {
  expect((await answer(409, { error: 'x', code: 'filing.stale' })).stale).toBe(true);
  expect((await answer(409, { error: 'x', code: 'filing.closed' })).stale).toBe(false);
});
it('turns anything thrown into one kind', () => {
  expect(toApiError(new TypeError('Failed to fetch')).status).toBe(0);
  expect(localErrors({})).toBeNull();
  expect(localErrors({ a: 'b' })).toBeInstanceOf(ApiError);
});
