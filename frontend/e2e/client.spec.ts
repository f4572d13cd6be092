// A client: a new one with live identifier feedback, a registration and a fact shown before they apply, and an AGM that re-dates filings.
import { expect, test } from '@playwright/test';
import { gstinCheckCharacter } from '../src/lib/identifiers';
import { accessible, settled } from './axe';

test('a new company: identifiers speak while typing, the AGM dates its filings', async ({ page }) => {
  const unique = String(Date.now()).slice(-4);
  const pan = `AAKCT${unique}M`;
  const base = `27${pan}1Z`;
  await page.goto('/clients/new');
  await settled(page);
  await page.getByRole('button', { name: 'Save client' }).click();
  await expect(page.getByRole('alert')).toContainText('Legal name');
  await page.getByLabel('Legal name').fill(`Godavari Test ${unique} Private Limited`);
  await page.getByLabel('Entity type').selectOption('private_company');
  await page.getByLabel('PAN (optional)').fill('aakx');
  await expect(page.getByText(/4th letter is "X"/)).toBeVisible();
  await page.getByLabel('PAN (optional)').fill(pan);
  await expect(page.getByText(/4th letter C means company/)).toBeVisible();
  await page.getByLabel('GSTIN (optional)').fill(`${base}0`);
  const right = gstinCheckCharacter(base);
  if (right !== '0') await expect(page.getByText(`Last character should be ${right}`)).toBeVisible();
  await page.getByLabel('GSTIN (optional)').fill(base + right);
  await expect(page.getByText(`Maharashtra. PAN inside: ${pan}.`)).toBeVisible();
  await page.getByLabel('Track filings from (optional)', { exact: true }).fill('1 Apr 2026');
  await accessible(page);
  await page.getByRole('button', { name: 'Save client' }).click();
  await expect(page).toHaveURL(/\/clients\/\d+$/);
  await settled(page);

  await page.getByRole('link', { name: /^Events/ }).click();
  await page.getByRole('button', { name: 'Record an event' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record an event' });
  await dialog.getByLabel('Event', { exact: true }).selectOption('agm_held');
  await dialog.getByLabel('Date', { exact: true }).fill('26/08/2026');
  await dialog.getByRole('button', { name: 'Show what would change' }).click();
  const diff = dialog.getByRole('region', { name: 'What would change' });
  await expect(diff).toBeVisible();
  // Hand-checked from 26 Aug 2026: 15 days is 10 Sep (ADT-1), 30 days is 25 Sep (AOC-4), 60 days is 25 Oct (MGT-7).
  await expect(diff).toContainText('10 Sep 2026');
  await expect(diff).toContainText('25 Sep 2026');
  await expect(diff).toContainText('25 Oct 2026');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Record the event' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('cell', { name: '26 Aug 2026', exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Timeline' }).click();
  await settled(page);
  await expect(page.getByText(/AGM/).first()).toBeVisible();
});

test('a registration shows what it brings and takes before it is saved', async ({ page }) => {
  const name = `Registered ${String(Date.now()).slice(-6)} Finance`;
  const registrations = [{ regulator: 'RBI', category: 'NBFC-ICC', registrationNo: 'N-13.02417' }];
  const made = await page.request.post('/api/clients', {
    data: { clientName: `${name} Limited`, entityType: 'public_company', incorporatedOn: '2012-05-01', registrations },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = await made.json();
  const filings = async (more = '') =>
    (await (await page.request.get(`/api/return-filings?view=all&clientId=${id}${more}`)).json()).total;
  const all = await filings();
  await page.goto(`/clients/${id}`);
  await settled(page);
  await page.getByRole('button', { name: 'Add registration' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add registration' });
  await dialog.getByLabel('Regulator').selectOption('SEBI');
  await dialog.getByLabel('Category').selectOption('IA');
  await dialog.getByRole('button', { name: 'Show what would change' }).click();
  await expect(dialog.getByRole('region', { name: 'What would change' })).toContainText(/\d+ new/);
  await accessible(page);
  await dialog.getByRole('button', { name: 'Keep as it is' }).click();

  await page.getByRole('button', { name: /^Change RBI/ }).click();
  const change = page.getByRole('dialog', { name: 'Change registration' });
  await change.getByRole('button', { name: 'Remove registration' }).click();
  const diff = change.getByRole('region', { name: 'What would change' });
  await expect(diff).toContainText(`${await filings('&regulator=RBI')} no longer due`);
  await change.getByRole('button', { name: 'Keep the registration' }).click();
  await expect(diff).toHaveCount(0);
  expect(await filings(), 'looks change nothing').toBe(all);
});

test('the clients list by keys: down a row, edit it, its tags, and a new one', async ({ page }) => {
  await page.goto('/clients');
  await settled(page);
  const rows = page.getByRole('table', { name: 'Clients' }).locator('tbody tr');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.nth(0)).toBeFocused();
  const name = (await rows.nth(0).getByRole('link').first().getAttribute('title')) ?? '';
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog', { name: `Edit ${name}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(page.getByLabel('Tags (optional)')).toBeFocused();
  await page.getByRole('button', { name: 'Keep as it is' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/clients\/new$/);
});
