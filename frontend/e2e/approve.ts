// A second pair of eyes for stories about something else: the newest change that waits is approved by a colleague.
import { expect, request } from '@playwright/test';

/** Approves the newest change that waits for the person whose session is kept there, and answers its number. */
export async function approveNewest(baseURL: string | undefined, session: string): Promise<number> {
  const origin = new URL(baseURL ?? '').origin;
  const api = await request.newContext({ baseURL, storageState: session, extraHTTPHeaders: { origin } });
  const list = await (await api.get('/api/approvals?perPage=200')).json();
  const one = list.items.reduce((a: { id: number }, b: { id: number }) => (b.id > a.id ? b : a));
  const answer = await api.post(`/api/approvals/${one.id}/approve`, {
    headers: { 'If-Match': `"${one.version}"` },
    data: {},
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await api.dispose();
  return one.id;
}
