// A calendar link from the screen, read by an independent parser after each change, until it ends.
import { execFileSync } from 'node:child_process';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { approveNewest } from './approve';
import { accessible, settled } from './axe';
import { DECIDER_SESSION, OFFICER_SESSION } from './people';

type Event = {
  uid: string;
  sequence: number;
  status: string;
  day: string;
  summary: string;
  description: string;
  categories: string[];
  alarms: number;
};

const NAME = 'Söhne, सह्याद्री; 👩‍💼 and names to fold \\ Finance Limited';
const PYTHON = process.env.E2E_PYTHON;

/** The events of a calendar, as PyPI's icalendar reads them. */
function parsed(calendar: Buffer): { name: string; events: Event[] } {
  if (!PYTHON) throw new Error('E2E_PYTHON is not set: `cargo xtask test --e2e` makes a Python that has icalendar.');
  return JSON.parse(execFileSync(PYTHON, ['e2e/ics_check.py'], { input: calendar, encoding: 'utf8' }));
}

/** Makes a link on the screen; answers its path. */
async function subscribe(page: Page, client: string, names: boolean): Promise<string> {
  await page.goto(`/calendar?clientId=${client}`);
  await settled(page);
  await page.getByRole('button', { name: 'Subscribe' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name in the calendar')).toHaveValue(`Client ${client}`);
  await dialog.getByLabel('Name in the calendar').fill('One client: all due dates');
  await dialog.getByRole('combobox', { name: 'Reminder' }).click();
  await page.getByRole('option', { name: '3 days before, 09:00' }).click();
  if (names) await dialog.getByRole('checkbox', { name: 'Show client names' }).check();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const url = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  return new URL(url).pathname;
}

async function ok<T>(answer: Promise<Awaited<ReturnType<APIRequestContext['get']>>>): Promise<T> {
  const got = await answer;
  expect(got.ok(), await got.text()).toBe(true);
  return got.status() === 204 ? (undefined as T) : ((await got.json()) as T);
}

test.describe('as an officer', () => {
  test.use({ storageState: OFFICER_SESSION });

  test('a subscribed calendar follows every change and dies with its link', async ({ page, playwright, baseURL }) => {
    // A dozen runs of the parser, each a process of its own.
    test.setTimeout(240_000);
    const origin = baseURL ?? '';
    const api = page.context().request;
    const headers = { origin };
    const { today } = await ok<{ today: string }>(api.get('/api/me'));
    const made = await ok<{ id: number }>(
      api.post('/api/clients', {
        headers,
        data: {
          clientName: `${NAME.replace(' Finance', ` ${Date.now()} Finance`)}`,
          entityType: 'public_company',
          incorporatedOn: '2011-06-12',
          trackFrom: `${Number(today.slice(0, 4)) - 1}-04-01`,
          registrations: [{ regulator: 'RBI', category: 'NBFC-ICC', registrationNo: 'N-13.02499' }],
          facts: [
            { key: 'layer', value: 'base' },
            { key: 'asset_size_solo', value: '6200000000' },
            { key: 'deposit_taking', value: 'false' },
          ],
        },
      }),
    );
    const client = String(made.id);
    const link = await subscribe(page, client, true);
    const masked = await subscribe(page, client, false);

    // A calendar program has no session.
    const program = await playwright.request.newContext({ baseURL });
    const read = async (path: string) => {
      const answer = await program.get(path);
      expect(answer.ok(), await answer.text()).toBe(true);
      return parsed(await answer.body());
    };
    const first = await read(link);
    expect(first.name).toBe('One client: all due dates');
    const { shortName } = await ok<{ shortName: string }>(api.get(`/api/clients/${client}`));
    expect(first.events.length).toBeGreaterThan(10);
    expect(first.events.every((event) => event.summary.includes(shortName))).toBe(true);
    const hidden = await read(masked);
    expect(hidden.events.map((event) => event.uid)).toEqual(first.events.map((event) => event.uid));
    expect(hidden.events.every((event) => event.summary.includes(`client ${client}`))).toBe(true);
    expect(JSON.stringify(hidden)).not.toContain('Söhne');

    const list = await ok<{ items: { id: number; code: string; regulator: string; legalDueOn: string }[] }>(
      api.get(`/api/return-filings?clientId=${client}&status=upcoming&sort=dueOn&perPage=50`),
    );
    const filing = list.items[0];
    if (!filing) throw new Error('the client has nothing due');
    const path = `/api/return-filings/${filing.id}`;
    const mine = (events: Event[]) => events.find((event) => event.uid.includes(`-${filing.id}@`));
    let last = mine(first.events);
    expect(last).toMatchObject({ status: 'CONFIRMED', day: filing.legalDueOn, alarms: 1 });
    expect(last?.categories).toEqual([filing.regulator]);

    /** The next state of the same event, with a higher sequence. */
    const next = async (part: Partial<Event>) => {
      const event = mine((await read(link)).events);
      expect(event).toMatchObject({ uid: last?.uid, ...part });
      expect(event?.sequence).toBeGreaterThan(last?.sequence ?? Number.POSITIVE_INFINITY);
      last = event;
      return event;
    };
    const patch = async (data: Record<string, unknown>) => {
      const now = await ok<{ version: number }>(api.get(path));
      const answer = await api.patch(path, { headers: { ...headers, 'If-Match': `"${now.version}"` }, data });
      expect(answer.ok(), await answer.text()).toBe(true);
      if (answer.status() === 202) await approveNewest(baseURL, DECIDER_SESSION);
    };
    const daysBefore = (day: string, days: number) =>
      new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

    await patch({ targetDueOn: daysBefore(filing.legalDueOn, 1) });
    expect((await next({ day: filing.legalDueOn }))?.description).toContain('Internal target');
    await patch({ status: 'waived', reason: 'Merged into another company' });
    expect((await next({ status: 'CANCELLED', alarms: 0 }))?.description).toContain('Merged into another company');
    await patch({ status: 'open', reason: 'Not merged after all' });
    await next({ status: 'CONFIRMED', alarms: 1 });
    const relaxed = daysBefore(filing.legalDueOn, -30);
    await ok(
      api.post('/api/relaxations', {
        headers,
        data: {
          regulator: filing.regulator,
          codes: [filing.code],
          clientIds: [made.id],
          periodFrom: '2020-01-01',
          periodTo: '2099-12-31',
          effect: 'extra_days',
          extraDays: 30,
          circularNo: 'Circular 12 of the end-to-end tests',
          circularOn: today,
          reason: 'Extended by the regulator',
        },
      }),
    );
    await approveNewest(baseURL, DECIDER_SESSION);
    const relaxations = await ok<{ items: { id: number }[] }>(api.get('/api/relaxations'));
    await next({ status: 'CONFIRMED', day: relaxed });
    await ok(
      api.post(`/api/relaxations/${relaxations.items[0]?.id}/undo`, {
        headers,
        data: { reason: 'The circular was withdrawn' },
      }),
    );
    await approveNewest(baseURL, DECIDER_SESSION);
    await next({ day: filing.legalDueOn });
    await patch({ status: 'filed', filedOn: today, acknowledgementNo: 'ICS-1' });
    expect((await next({ status: 'CONFIRMED', alarms: 0 }))?.summary).toMatch(/^✓ /);

    // A new link ends the old one, and ending it ends that.
    await page.goto('/calendar');
    await settled(page);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    const dialog = page.getByRole('dialog');
    const rows = dialog.getByRole('region', { name: 'Your links' }).getByRole('listitem');
    const row = rows.filter({ hasText: `client ${client}, with client names` });
    await expect(row).toContainText('Last fetched');
    await row.getByRole('button', { name: /^New link for/ }).click();
    await row.getByRole('button', { name: 'Make a new link' }).click();
    const renewed = new URL(await dialog.getByRole('textbox', { name: 'Link' }).inputValue()).pathname;
    expect((await program.get(link)).status()).toBe(404);
    expect((await read(renewed)).events.length).toBe(first.events.length);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await row.getByRole('button', { name: /^End / }).click();
    await accessible(page);
    await row.getByRole('button', { name: 'End the link' }).click();
    await expect(row).toHaveCount(0);
    expect((await program.get(renewed)).status()).toBe(410);
    expect((await program.get(masked)).status()).toBe(200);
    await program.dispose();
  });
});
