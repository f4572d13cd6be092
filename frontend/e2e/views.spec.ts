// A list kept under a name: saved, counted, changed, reset, started with, and deleted.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';

test('a view keeps filters, order, columns and row height', async ({ page }) => {
  const name = `RBI soon ${Date.now() % 100_000}`;
  await page.goto('/filings?regulator=RBI&sort=-dueOn');
  await settled(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Move Status to the left' }).click();
  await page.getByRole('checkbox', { name: 'Checklist' }).uncheck();
  await page.getByText('Compact').click();
  await accessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this list as a view' });
  await dialog.getByLabel('Name').fill(name);
  await accessible(page);
  await dialog.getByRole('button', { name: 'Save view' }).click();
  const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(name) });
  await expect(tab).toHaveAttribute('aria-current', 'true');
  await expect(tab).toHaveText(/\d/);

  await page.goto('/filings?view=all');
  await settled(page);
  await tab.click();
  await expect(page).toHaveURL(/regulator=RBI/);
  await expect(page.getByRole('columnheader', { name: 'Checklist' })).toHaveCount(0);
  const heads = await page.getByRole('columnheader').allTextContents();
  expect(heads.indexOf('Status')).toBeLessThan(heads.indexOf('Due'));
  await expect(page.locator('[data-rows="compact"]')).toHaveCount(1);

  await page.getByRole('button', { name: 'Remove filter Regulator' }).click();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page).toHaveURL(/regulator=RBI/);
  await expect(page.getByRole('button', { name: 'Reset' })).toHaveCount(0);

  await page.getByRole('button', { name: `View ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Start with this view' }).click();
  await expect(page.getByText(`Filings start with "${name}" now.`)).toBeVisible();
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('/filings');
  await expect(page).toHaveURL(/saved=\d+/);

  await page.getByRole('button', { name: `View ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete this view' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the view' }).click();
  await expect(tab).toHaveCount(0);
});
