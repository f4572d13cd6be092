// Signing in: the page, the wrong password, the way back to where one wanted to go.
import { expect, test } from '@playwright/test';
import { accessible } from './axe';
import { EMAIL, PASSWORD } from './people';

test.use({ storageState: { cookies: [], origins: [] } });

test('a page behind sign-in asks first, then opens', async ({ page }) => {
  await page.goto('/filings?view=pastDue');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Type your e-mail.')).toBeVisible();
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/filings\?view=pastDue/);
  await expect(page.getByRole('heading', { name: 'Filings' })).toBeVisible();
});

test('the forgotten password answers the same for everybody', async ({ page }) => {
  await page.goto('/forgot-password');
  await accessible(page);
  await page.getByLabel('E-mail').fill('nobody@example.test');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await page.goto('/reset-password?token=not-a-token');
  await accessible(page);
});

test('whoever mistypes too often is told how long to wait', async ({ page }) => {
  await page.goto('/sign-in');
  // Nobody's, and a new one each time: an account is counted whether or not somebody has it.
  await page.getByLabel('E-mail').fill(`mistyped-${Date.now()}@kaveri.example`);
  for (let n = 0; n < 4; n += 1) {
    await page.getByLabel('Password', { exact: true }).fill(`not the password ${n}`);
    const answered = page.waitForResponse('**/api/auth/login');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect((await answered).status()).toBe(n < 3 ? 401 : 429);
  }
  await expect(page.getByRole('alert')).toContainText('Too many wrong tries. Wait 5 s');
  await expect(page.getByText(/You can try again in \d s\./)).toBeVisible();
  await accessible(page);
  await expect(page.getByRole('status')).toHaveText('You can try again now.', { timeout: 15_000 });
});
