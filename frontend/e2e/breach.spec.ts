// A breach happens while the server is stopped: the next start finds it, tells the people once, and a start after that nothing more.
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import { addDays, formatDate } from '../src/lib/format';
import { accessible, settled } from './axe';
import { OwnServer, START_MS } from './own-server';
import { OFFICER, PASSWORD } from './people';

/** Both days begin on this server's clock, not on the machine's, so that the story is the same on every day. */
const DAY_ONE = '2026-11-21';
const morning = (day: string) => `${day}T09:30:00+05:30`;

type Notice = {
  id: number;
  severity: string;
  rung: string;
  dueOn: string;
  text: string;
  filing: { id: number } | null;
};
type Filing = { id: number; code: string; status: string; legalDueOn: string; breachAfterDays: number };

let server: OwnServer;

test.use({ storageState: { cookies: [], origins: [] } });
test.beforeAll(async () => {
  server = await OwnServer.make();
});
test.afterAll(() => server?.remove());

/** Signs in on the screen; a session does not outlive days without the server. */
async function signIn(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await page.goto('/notices?show=all');
  await page.getByLabel('E-mail').fill(OFFICER);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Notices', level: 1 })).toBeVisible();
  return page;
}

async function read<T>(api: APIRequestContext, path: string): Promise<T> {
  const answer = await api.get(path);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return answer.json();
}

/** The check of a day is done; it runs beside the requests, after the server is ready. */
async function checked(api: APIRequestContext, day: string) {
  let last: { day: string; startedAt: string; breaches: number } | null = null;
  await expect(async () => {
    last = (await read<{ lastCheck: typeof last }>(api, '/api/today')).lastCheck;
    expect(last?.day).toBe(day);
  }).toPass({ timeout: 60_000, intervals: [250] });
  return last as unknown as { day: string; startedAt: string; breaches: number };
}

/** Everything the officer was told. */
async function told(api: APIRequestContext): Promise<Notice[]> {
  const page = await read<{ items: Notice[]; total: number }>(api, '/api/notices?perPage=200');
  expect(page.items).toHaveLength(page.total);
  return page.items;
}

const unread = async (api: APIRequestContext) =>
  (await read<{ counters: { unreadNotices: number } }>(api, '/api/me')).counters.unreadNotices;

test('a breach while the server is stopped is recorded and told once', async ({ browser }) => {
  test.setTimeout(2 * START_MS + 120_000);
  await server.start(morning(DAY_ONE));
  let page = await signIn(browser);
  await checked(page.request, DAY_ONE);
  const before = await told(page.request);
  expect(before.length).toBeGreaterThan(0);
  expect(await unread(page.request)).toBe(before.length);
  await page.reload();
  await settled(page);
  await expect(page.getByText(before[0]?.text ?? '').first()).toBeVisible();
  await accessible(page);

  // Late, and its threshold passes while nobody looks.
  const late = await read<{ items: Filing[] }>(page.request, '/api/return-filings?status=overdue&perPage=50');
  const filing = late.items[0];
  if (!filing) throw new Error('The demo has an overdue filing.');
  expect(before.filter((one) => one.filing?.id === filing.id && one.rung === 'Breach')).toEqual([]);
  const breachedOn = addDays(filing.legalDueOn, filing.breachAfterDays + 1);
  const dayTwo = addDays(breachedOn, 2);
  expect(dayTwo > DAY_ONE).toBe(true);
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await expect(page.getByText('0 unread.')).toBeVisible();
  await page.context().close();
  await server.stop();

  await server.start(morning(dayTwo));
  page = await signIn(browser);
  const check = await checked(page.request, dayTwo);
  expect(check.breaches).toBeGreaterThan(0);
  const after = await told(page.request);
  const fresh = after.filter((one) => !before.some((old) => old.id === one.id));
  expect(after.length - fresh.length).toBe(before.length);
  expect(await unread(page.request)).toBe(fresh.length);
  // Several rungs passed: one notice a filing, with what is true today.
  const filings = fresh.flatMap((one) => (one.filing ? [one.filing.id] : []));
  expect(new Set(filings).size).toBe(filings.length);
  const steps = after.map((one) => `${one.filing?.id ?? one.text} ${one.dueOn} ${one.rung}`);
  expect(new Set(steps).size).toBe(steps.length);
  const breach = fresh.find((one) => one.filing?.id === filing.id);
  expect(breach).toMatchObject({ rung: 'Breach', severity: 'critical', dueOn: filing.legalDueOn });

  // What the officer sees: the count, the notice, the filing.
  await page.goto('/notices');
  await settled(page);
  await expect(page.getByLabel(`Notices, ${fresh.length} unread`)).toBeVisible();
  const line = page.getByRole('listitem').filter({ hasText: breach?.text ?? '' });
  await expect(line.getByText('Breach', { exact: true })).toBeVisible();
  await line.getByRole('link').click();
  await settled(page);
  await expect(page.getByText(/^Breached\W+\d+ days late$/).first()).toBeVisible();
  const recorded = await read<{ status: string; breaches: unknown[] }>(
    page.request,
    `/api/return-filings/${filing.id}`,
  );
  expect(recorded).toMatchObject({ status: 'breached', breaches: [{ breachedOn, dueOn: filing.legalDueOn }] });
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details.getByText(`From ${formatDate(breachedOn)}`)).toBeVisible();
  await accessible(page);
  // Opening the filing from its notice read that one.
  await expect.poll(() => unread(page.request)).toBe(fresh.length - 1);
  await page.context().close();
  await server.stop();

  // The same day again: nothing is told, recorded or checked a second time.
  await server.start(`${dayTwo}T18:00:00+05:30`);
  page = await signIn(browser);
  expect(await checked(page.request, dayTwo)).toEqual(check);
  expect((await told(page.request)).map((one) => one.id)).toEqual(after.map((one) => one.id));
  expect(await unread(page.request)).toBe(fresh.length - 1);
  const again = await read<{ breaches: unknown[] }>(page.request, `/api/return-filings/${filing.id}`);
  expect(again.breaches).toEqual(recorded.breaches);
  await page.context().close();
});
