// A second pair of eyes for stories about something else: a change that waits is approved by a colleague.
import { expect, request } from '@playwright/test';

type Row = { id: number; version: number; about: string };

/** Approves what waits about this record, for the person whose session is kept there, and answers its number. */
export async function approve(baseURL: string | undefined, session: string, about: string): Promise<number> {
  return decide(baseURL, session, (rows) => rows.find((row) => row.about.includes(about)));
}

/** Approves the newest change that waits for the person whose session is kept there, and answers its number. */
export async function approveNewest(baseURL: string | undefined, session: string): Promise<number> {
  return decide(baseURL, session, (rows) => rows.toSorted((a, b) => b.id - a.id)[0]);
}

async function decide(
  baseURL: string | undefined,
  session: string,
  choose: (rows: Row[]) => Row | undefined,
): Promise<number> {
  const origin = new URL(baseURL ?? '').origin;
  const api = await request.newContext({ baseURL, storageState: session, extraHTTPHeaders: { origin } });
  const list = await (await api.get('/api/approvals?perPage=200')).json();
  const one = choose(list.items);
  if (!one) throw new Error(`Nothing like it waits: ${list.items.map((row: Row) => row.about).join('; ')}`);
  const answer = await api.post(`/api/approvals/${one.id}/approve`, {
    headers: { 'If-Match': `"${one.version}"` },
    data: {},
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await api.dispose();
  return one.id;
}
