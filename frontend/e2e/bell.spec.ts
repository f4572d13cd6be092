// The bell: pressed by keyboard, its newest notices, through them with the arrows, closed and opened again, on to a filing.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';
import { OFFICER_SESSION } from './people';

test.use({ storageState: OFFICER_SESSION });

test('the newest notices under the bell, by keyboard', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  // The check runs beside the requests; on a server that has just started it may not be over.
  await expect
    .poll(async () => (await (await page.request.get('/api/notices?unread=true')).json()).unread, { timeout: 60_000 })
    .toBeGreaterThan(0);
  const bell = page.getByRole('button', { name: /^Notices/ });
  const panel = page.getByRole('dialog', { name: /^Notices/ });
  await bell.focus();
  await page.keyboard.press('Enter');
  const links = panel.getByRole('listitem').getByRole('link');
  await expect(links.first()).toBeVisible();
  expect(await links.count()).toBeLessThanOrEqual(8);
  await expect(panel.getByRole('heading', { name: 'Notices' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(links.first()).toBeFocused();
  await accessible(page);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(bell).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(links.first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/filings\/\d+$/);
  await settled(page);
  await expect(panel).toBeHidden();
});
