// People of the firm: an invitation that is accepted, a second factor that is set up and used, leaving, a role, a key.
import { expect, test } from '@playwright/test';
import { codeOf } from './admin';
import { approve } from './approve';
import { accessible, settled } from './axe';
import { ADMIN_SESSION, OFFICER_SESSION } from './people';

test.use({ storageState: ADMIN_SESSION });
test.describe.configure({ mode: 'serial' });

const MAIL = 'meera@demo.zippcrm.test';
const SECRET = 'lantern under the banyan';
let link = '';

test('an administrator invites somebody, who joins with the link', async ({ page, browser, baseURL }) => {
  await page.goto('/settings/users');
  await settled(page);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(dialog.getByText('E-mail: Type the e-mail.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Meera Joshi');
  await dialog.getByLabel('E-mail').fill(MAIL);
  await dialog.getByLabel('Role').selectOption('analyst');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByText(/^Sent for approval to Principal officer or Admin/)).toBeVisible();
  await expect(page.getByText(/^Waits for approval: Meera Joshi, change who may do what/)).toBeVisible();
  await approve(baseURL, OFFICER_SESSION, 'Meera Joshi');
  await page.reload();
  await page.getByRole('button', { name: 'Send a new link to Meera Joshi' }).click();
  await expect(page.getByText('Meera Joshi is invited')).toBeVisible();
  link = (await page.getByText('/accept-invitation?token=').textContent()) ?? '';
  await page.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('region', { name: 'Invited' }).getByText(MAIL)).toBeVisible();

  const fresh = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = await fresh.newPage();
  await other.goto(new URL(link).pathname + new URL(link).search);
  await expect(other.getByRole('heading', { name: /^Join / })).toBeVisible();
  await accessible(other);
  await other.getByLabel('Password', { exact: true }).fill('password1234');
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(other.getByRole('alert')).toBeVisible();
  await other.getByLabel('Password', { exact: true }).fill(SECRET);
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(other.getByRole('status')).toContainText('You are in.');
  await other.reload();
  await expect(other.getByRole('alert')).toContainText('no longer works');
  await fresh.close();
});

test('a second factor is set up in the profile and asked for at the next sign-in', async ({ browser }) => {
  const fresh = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await fresh.newPage();
  const signIn = async () => {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(MAIL);
    await page.getByLabel('Password', { exact: true }).fill(SECRET);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn();
  await expect(page.getByRole('button', { name: 'Your menu: Meera Joshi' })).toBeVisible();
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Set up a second factor' }).click();
  await expect(page.getByAltText('QR code with the key of your second factor')).toBeVisible();
  await accessible(page);
  const key = (await page.getByText('Type this key:').locator('span').textContent()) ?? '';
  await page.getByLabel('Code that the app shows').fill('000000');
  await page.getByRole('button', { name: 'Confirm the code' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Code that the app shows').fill(codeOf(key));
  await page.getByRole('button', { name: 'Confirm the code' }).click();
  await expect(page.getByRole('heading', { name: 'Keep your recovery codes' })).toBeVisible();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  await accessible(page);
  const recovery = (await codes.first().textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
  await fresh.clearCookies();
  await signIn();
  await expect(page.getByLabel('Code of your authenticator app')).toBeVisible();
  await accessible(page);
  await page.getByLabel('Code of your authenticator app').fill(recovery);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Your menu: Meera Joshi' })).toBeVisible();
  await fresh.close();
});

test('an administrator makes a role and gives it, and takes somebody out', async ({ page, baseURL }) => {
  await page.goto('/settings/roles');
  await settled(page);
  await page.getByRole('button', { name: 'New role' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Reading desk');
  await dialog.getByLabel('Read filings and their reasons.').check();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Make role' }).click();
  await expect(page.getByText(/^Waits for approval: Reading desk/)).toBeVisible();
  await approve(baseURL, OFFICER_SESSION, 'Reading desk');
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Reading desk' })).toBeVisible();

  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'Actions for Meera Joshi' }).click();
  await page.getByRole('menuitem', { name: 'Change role…' }).click();
  await dialog.getByLabel('Role').selectOption({ label: 'Reading desk' });
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await expect(page.getByText(/^Waits for approval: Meera Joshi/)).toBeVisible();
  await approve(baseURL, OFFICER_SESSION, 'Meera Joshi');
  await page.reload();
  const row = page.getByRole('row').filter({ hasText: MAIL });
  await expect(row).toContainText('Reading desk');

  await page.getByRole('button', { name: 'Actions for Meera Joshi' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate…' }).click();
  await expect(dialog).toContainText('No open work is assigned to them.');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(row).toContainText('Deactivated');
});

test('dialogs go by keyboard: opened, closed with Escape, focus back; the address keeps them', async ({ page }) => {
  for (const [path, name, title] of [
    ['/settings/users', 'Invite somebody', 'Invite somebody'],
    ['/settings/roles', 'New role', 'New role'],
    ['/settings/api-keys', 'New key', 'New key'],
    ['/settings/approvals', 'Enter an absence', 'Enter an absence'],
    ['/settings/approvals', 'Change who approves: Record a filing as filed', 'Record a filing as filed'],
  ] as const) {
    await page.goto(path);
    const button = page.getByRole('button', { name, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible();
    await page.reload();
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await expect.poll(() => dialog.evaluate((it) => it.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(button).toBeFocused();
  }
  // A person's menu: arrows move in it, Escape gives the focus back to its button, as does the dialog that it opens.
  await page.goto('/settings/users');
  const more = page.getByRole('button', { name: 'Actions for Ananya Iyer' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Change role…' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(more).toBeFocused();
});

test('the people sort by the head of a column and move with j and k', async ({ page }) => {
  await page.goto('/settings/users');
  const rows = page.getByRole('table', { name: 'People' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('Ananya Iyer');
  await page.getByRole('button', { name: 'Open filings' }).click();
  await page.getByRole('button', { name: 'Open filings' }).click();
  await expect(page.getByRole('columnheader', { name: 'Open filings' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/sort=-openFilings/);
  // Most work first; whoever left, with none, comes after all.
  const work = async () => {
    const shown = await page.getByRole('cell').evaluateAll((cells) => cells.map((cell) => cell.textContent ?? ''));
    return shown.filter((_, at) => at % 8 === 4).map(Number);
  };
  await expect.poll(work).toEqual((await work()).sort((a, b) => b - a));
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(2)).toBeFocused();
});

test('a key is shown once, works, and stops when it is revoked', async ({ page, playwright, baseURL }) => {
  await page.goto('/settings/api-keys');
  await settled(page);
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What for').fill('Accounting export');
  const year = new Date().getFullYear();
  await dialog.getByLabel('Last day', { exact: true }).fill(`${year}-12-31`);
  await dialog.getByLabel('Read clients and everything on their record.').check();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Make key' }).click();
  await expect(page.getByText(/^Waits for approval: Accounting export/)).toBeVisible();
  await approve(baseURL, OFFICER_SESSION, 'Accounting export');
  await page.reload();
  await page.getByRole('button', { name: 'Collect the key Accounting export' }).click();
  const shown = dialog.getByText(/^zk_/);
  await expect(shown).toBeVisible();
  const key = (await shown.textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have it' }).click();
  const program = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
    storageState: { cookies: [], origins: [] },
  });
  expect((await program.get('/api/clients')).status()).toBe(200);
  expect((await program.get('/api/return-filings')).status()).toBe(403);
  await page.getByRole('button', { name: 'Revoke Accounting export' }).click();
  await expect(page.getByText('Revoked, acts for')).toBeVisible();
  expect((await program.get('/api/clients')).status()).toBe(401);
  await program.dispose();
});
