// A return is filed from sign-in to its acknowledgement without a mouse; and the peek, the palette and [ ] on the way.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';
import { EMAIL, PASSWORD } from './people';

test.describe('from sign-in', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('a return is filed without a mouse', async ({ page }) => {
    const { keyboard } = page;
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await page.getByLabel('E-mail').focus();
    await keyboard.type(EMAIL);
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole('navigation', { name: 'Main', exact: true })).toBeVisible();
    await settled(page);

    await keyboard.press('g');
    await keyboard.press('f');
    await expect(page).toHaveURL(/\/filings/);
    // The address changes before the page does: until then the keys are those of the page before.
    await expect(page.getByRole('heading', { level: 1, name: 'Filings' })).toBeVisible();
    await settled(page);
    await keyboard.press('3');
    await expect(page).toHaveURL(/view=pastDue/);
    await settled(page);
    await keyboard.press('j');
    await keyboard.press('j');
    await keyboard.press('Space');
    const beside = page.getByRole('complementary', { name: /^Beside the list/ });
    await expect(beside).toBeVisible();
    await expect(beside.getByRole('heading', { name: 'Why this date' })).toBeVisible();
    await accessible(page);
    // Two clients have the same return in the same period: only the address tells them apart.
    const first = new URL(page.url()).searchParams.get('open');
    await keyboard.press('j');
    await expect(page).not.toHaveURL(new RegExp(`open=${first}(&|$)`));
    await expect(beside.getByRole('heading', { name: 'Why this date' })).toBeVisible();
    await keyboard.press('Shift+Enter');
    await expect(page).toHaveURL(/\/filings\/\d+$/);
    await settled(page);
    await expect(page.getByText(/^3 of [\d,]+$/)).toBeVisible();

    await keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expect
      .poll(async () => {
        await keyboard.press('Tab');
        return page.evaluate(() => document.activeElement?.id);
      })
      .toBe('ack-no');
    await keyboard.type('KB7719204');
    await keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('KB7719204').first()).toBeVisible();
    // It left the list of what is past due; ] goes to the one that took its place.
    const filed = page.url();
    await expect(page.getByText(/in the list$/)).toBeVisible();
    await keyboard.press(']');
    await expect(page).not.toHaveURL(filed);
    await settled(page);
    await expect(page.getByText(/^3 of [\d,]+$/)).toBeVisible();
  });
});

test('next and previous follow the list across its pages', async ({ page }) => {
  await page.goto('/filings?view=all&sort=dueOn&size=25');
  await settled(page);
  await page.locator('tbody tr').nth(24).getByRole('link').first().click();
  await expect(page.getByText(/^25 of [\d,]+$/)).toBeVisible();
  await page.keyboard.press(']');
  await expect(page.getByText(/^26 of [\d,]+$/)).toBeVisible();
  await settled(page);
  await page.keyboard.press('[');
  await expect(page.getByText(/^25 of [\d,]+$/)).toBeVisible();
});

test('the palette finds clients, filings, pages and what can be done here', async ({ page }) => {
  await page.goto('/filings?view=all');
  await settled(page);
  const row = page.locator('tbody tr').first();
  const client = (await row.locator('td').nth(2).innerText()).split(' ')[0] ?? '';
  await page.keyboard.press('Control+k');
  const box = page.getByRole('textbox', { name: 'Search or jump to' });
  await expect(box).toBeFocused();
  await accessible(page);
  await box.fill(client);
  const found = page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${client}`) });
  await expect(found.first()).toBeVisible();
  await accessible(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/clients\/\d+/);
  await settled(page);
  // Fast fingers: no letter is lost, and none reaches the page below.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('gf past');
  await expect(box).toHaveValue('gf past');
  await expect(page).toHaveURL(/\/clients\/\d+/);

  await page.goto('/filings?view=open');
  await settled(page);
  await page.locator('tbody tr').first().getByRole('link').first().click();
  await settled(page);
  await page.keyboard.press('Control+k');
  await box.fill('assign');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Assign/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await box.fill('zzzz');
  await expect(page.getByText('Nothing by that name.')).toBeVisible();
});

test('f adds a filter and Escape leaves it', async ({ page }) => {
  await page.goto('/filings?view=all');
  await settled(page);
  await page.keyboard.press('f');
  await page.getByRole('menuitem', { name: 'Regulator' }).press('Enter');
  await page.getByRole('checkbox', { name: 'MCA', exact: true }).press('Space');
  await expect(page).toHaveURL(/regulator=MCA/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Remove filter Regulator' })).toBeVisible();
});
