// The keyboard: go to, quick filter, rows, help; and nothing of it while typing or when it is turned off.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';

test('g then a letter goes places, ? lists the keys', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page).toHaveURL(/\/filings$/);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/clients$/);
  await settled(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await accessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('j, k and Enter work a list; / filters it and the address keeps it', async ({ page }) => {
  await page.goto('/filings?view=all');
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const focused = page.locator('tbody tr:focus');
  await expect(focused).toHaveCount(1);
  await page.keyboard.press('/');
  const box = page.getByRole('textbox', { name: 'Filter by client or code' });
  await expect(box).toBeFocused();
  await box.fill('gfjk');
  await expect(page).toHaveURL(/q=gfjk/);
  await expect(page.getByText('No filings match these filters.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/q=/);
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/filings\/\d+/);
});

test('a copied address shows the same list, sorted by the server', async ({ page }) => {
  await page.goto('/filings?view=all&sort=-dueOn&size=25');
  await settled(page);
  await expect(page.getByRole('columnheader', { name: 'Due', exact: true })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Client', exact: true }).click();
  await expect(page).toHaveURL(/sort=clientName/);
});
