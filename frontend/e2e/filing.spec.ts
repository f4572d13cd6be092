// One filing from the list to filed: why this date, checklist, comment, the number, and open again.
import { expect, test } from '@playwright/test';
import { approveNewest } from './approve';
import { accessible, settled } from './axe';
import { DECIDER_SESSION, OFFICER_SESSION } from './people';

let filed = '';

test('an analyst files a return with its acknowledgement number', async ({ page }) => {
  await page.goto('/filings?view=pastDue');
  await settled(page);
  await page.locator('tbody tr').first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/filings\/\d+/);
  await settled(page);

  const why = page.getByRole('region', { name: 'Why this date' });
  expect(await why.getByRole('listitem').count()).toBeGreaterThan(1);
  expect(await why.locator('cite').count()).toBeGreaterThan(0);

  const box = page.getByRole('region', { name: 'Checklist' }).getByRole('checkbox').first();
  const before = await box.isChecked();
  await box.click();
  await expect(box).toBeChecked({ checked: !before });
  await page.getByRole('textbox', { name: 'Comment' }).fill('Figures tie to the trial balance.');
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(page.getByText('Figures tie to the trial balance.').first()).toBeVisible();

  await page.getByRole('button', { name: 'Mark as filed' }).click();
  const dialog = page.getByRole('dialog');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Mark as filed' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Acknowledgement number');
  await dialog.getByLabel('Filed on', { exact: true }).fill('31 Dec 2099');
  await dialog.getByLabel('Acknowledgement number', { exact: true }).fill('AB7719204');
  await dialog.getByRole('button', { name: 'Mark as filed' }).click();
  await expect(dialog.getByRole('alert')).toContainText('future');
  await dialog.getByLabel('Filed on', { exact: true }).fill('today');
  await dialog.getByLabel('Filed on', { exact: true }).blur();
  await expect(dialog.getByText(/late against the legal due date/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Mark as filed' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('AB7719204').first()).toBeVisible();
  await expect(page.getByText('Filed late').first()).toBeVisible();
  filed = page.url();
});

test('a coming return goes to review and comes back', async ({ page }) => {
  await page.goto('/filings?status=upcoming');
  await settled(page);
  await page.locator('tbody tr').first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/filings\/\d+/);
  await settled(page);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Send for review' }).click();
  await expect(page.getByText('In review').first()).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Take back from review' }).click();
  await expect(page.getByText('In review')).toHaveCount(0);
});

test('a portal that failed is logged, struck through, and the filing waits for the client', async ({ page }) => {
  await page.goto('/filings?status=upcoming');
  await settled(page);
  await page.locator('tbody tr').nth(1).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/filings\/\d+/);
  await settled(page);
  const log = page.getByRole('region', { name: 'Portal not working' });
  await log.getByRole('button', { name: 'Log a problem' }).click();
  const dialog = page.getByRole('dialog');
  await accessible(page);
  await dialog.getByLabel('Time, IST').fill('00:00');
  await dialog.getByLabel('Portal', { exact: true }).fill('The portal');
  await dialog.getByRole('button', { name: 'Log the problem' }).click();
  await expect(dialog.getByRole('alert')).toContainText('What happened');
  await dialog.getByLabel('What happened').fill('Error 504 after the upload');
  // One pixel; the server tells a picture by its bytes.
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
  const chosen = page.waitForEvent('filechooser');
  await dialog.getByLabel('Screenshot').click();
  await (await chosen).setFiles({ name: 'error.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') });
  await dialog.getByRole('button', { name: 'Log the problem' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(log.getByText('Error 504 after the upload')).toBeVisible();
  await expect(log.getByRole('link', { name: /Screenshot/ })).toBeVisible();
  await log.getByRole('button', { name: /Strike through/ }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Logged on the wrong filing');
  await page.getByRole('dialog').getByRole('button', { name: 'Strike through' }).click();
  await expect(log.getByText(/Struck through by/)).toBeVisible();

  const clock = page.getByRole('region', { name: 'Where the time went' });
  await clock.getByRole('button', { name: 'Hand over' }).click();
  await accessible(page);
  await page.getByRole('dialog').getByLabel('What is waited for').fill('bank statements');
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await expect(clock.getByText(/With client since .*bank statements/)).toBeVisible();
  await accessible(page);
});

test.describe('with the right to decide', () => {
  test.use({ storageState: DECIDER_SESSION });

  test('the filed return can be opened again, with a reason', async ({ page }) => {
    expect(filed, 'the first test of this file files one').not.toBe('');
    await page.goto(filed);
    await settled(page);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Open again' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Filed against the wrong period.');
    await page.getByRole('dialog').getByRole('button', { name: 'Open again' }).click();
    await expect(page.getByRole('button', { name: 'Mark as filed' })).toBeVisible();
  });

  test('a change by somebody else is shown, never overwritten', async ({ page, baseURL }) => {
    await page.goto('/filings?view=open');
    await settled(page);
    await page.locator('tbody tr').nth(3).getByRole('link').first().click();
    await expect(page).toHaveURL(/\/filings\/\d+/);
    await settled(page);
    const id = Number(page.url().split('/').pop());
    const now = await (await page.request.get(`/api/return-filings/${id}`)).json();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Not applicable, with a reason' }).click();
    const origin = new URL(page.url()).origin;
    const other = await page.request.patch(`/api/return-filings/${id}`, {
      headers: { 'If-Match': `"${now.version}"`, origin },
      data: { breachAfterDays: now.breachAfterDays === 9 ? 8 : 9 },
    });
    expect(other.ok(), await other.text()).toBe(true);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('The client surrendered this licence.');
    await dialog.getByRole('button', { name: 'Mark not applicable' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByRole('button', { name: 'Load the change' }).click();
    await expect(dialog.getByLabel('Reason')).toHaveValue('The client surrendered this licence.');
    await page.waitForLoadState('networkidle');
    await dialog.getByRole('button', { name: 'Mark not applicable' }).click();
    await expect(page.getByText(/^Waits for approval: waive a filing/)).toBeVisible();
    await approveNewest(baseURL, OFFICER_SESSION);
    await page.reload();
    await expect(page.getByText('The client surrendered this licence.').first()).toBeVisible();
  });
});
