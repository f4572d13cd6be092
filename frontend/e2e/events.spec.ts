// One AGM day for three clients: the difference is shown first, three filings of each are re-dated, and all is taken back.
import { type APIRequestContext, expect, test } from '@playwright/test';
import { accessible } from './axe';

// s.96(1), s.137(1), s.92(4), s.139(1): the AGM of FY 2025-26 on 28 Sep 2026 makes AOC-4 due on 28 Oct, MGT-7 on 27 Nov
// and ADT-1 on 13 Oct (worked example 1 of the domain tables).
const AFTER = { 'MCA-ADT1': '2026-10-13', 'MCA-AOC4': '2026-10-28', 'MCA-MGT7': '2026-11-27' };
// A name of its own for each run, so that a server that is kept can be asked again.
const RUN = `Meeting ${Date.now() % 100_000}`;
const NAMES = ['Kurinji', 'Konkan', 'Malabar'].map((name) => `${name} ${RUN} Finance`);

async function takeOn(api: APIRequestContext, name: string): Promise<number> {
  const made = await api.post('/api/clients', {
    data: {
      clientName: `${name} Private Limited`,
      entityType: 'private_company',
      incorporatedOn: '2015-06-01',
      trackFrom: '2026-04-01',
    },
  });
  expect(made.status(), await made.text()).toBe(201);
  return (await made.json()).id;
}

async function dates(api: APIRequestContext, client: number): Promise<Record<string, string>> {
  const answer = await api.get(`/api/return-filings?view=all&clientId=${client}&perPage=200`);
  const { items } = await answer.json();
  const year = items.filter(
    (one: { periodKey: string; code: string }) => one.periodKey === '2025-26' && one.code in AFTER,
  );
  return Object.fromEntries(year.map((one: { code: string; legalDueOn: string }) => [one.code, one.legalDueOn]));
}

test('an AGM for three clients at once, and back', async ({ page }) => {
  const api = page.request;
  const clients: number[] = [];
  for (const name of NAMES) clients.push(await takeOn(api, name));
  const before = await dates(api, clients[0] ?? 0);

  await page.goto(`/events?q=${RUN.replace(' ', '+')}`);
  await expect(page.getByRole('heading', { name: 'Events' })).toBeVisible();
  for (const name of NAMES)
    await page.getByRole('checkbox', { name: new RegExp(`Select AGM held, FY 2025-26, ${name}`) }).check();
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Record the date' }).click();
  const dialog = page.getByRole('dialog', { name: 'AGM held, FY 2025-26: 3 clients' });
  await dialog.getByRole('textbox', { name: 'It happened on', exact: true }).fill('28/09/2026');
  await dialog.getByRole('button', { name: 'Show what would change' }).click();
  await expect(dialog.getByText('3 clients: 9 filings get a new date.')).toBeVisible();
  await expect(dialog.getByText('28 Oct 2026')).toHaveCount(3);
  await accessible(page);
  expect(await dates(api, clients[0] ?? 0), 'a look changes nothing').toEqual(before);
  await dialog.getByRole('button', { name: 'Record for 3 clients' }).click();
  await expect(dialog).toBeHidden();
  for (const client of clients) expect(await dates(api, client)).toEqual(AFTER);
  await expect(page.getByRole('checkbox', { name: new RegExp(`FY 2025-26, Konkan ${RUN}`) })).toHaveCount(0);

  await page.getByRole('link', { name: 'Recorded', exact: true }).click();
  for (const name of NAMES) await page.getByRole('checkbox', { name: new RegExp(name) }).check();
  await page.getByRole('button', { name: 'Take back' }).click();
  const back = page.getByRole('dialog', { name: 'Take back 3 events' });
  await expect(back.getByText('3 clients: 9 filings get a new date.')).toBeVisible();
  await back.getByRole('textbox', { name: 'Reason' }).fill('Minutes name another day');
  await back.getByRole('button', { name: 'Take them back' }).click();
  await expect(back).toBeHidden();
  expect(await dates(api, clients[0] ?? 0)).toEqual(before);
});
