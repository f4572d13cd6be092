// Many filings at once: a selection by hand and by keys, all of a filter, what could not be done, and taking it back.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';
import { DECIDER_SESSION } from './people';

test.use({ storageState: DECIDER_SESSION });

test('a selection is assigned, and taken back', async ({ page }) => {
  await page.goto('/filings?view=all&status=upcoming&size=25');
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  const bar = page.getByRole('toolbar', { name: 'Selected filings' });
  await expect(bar.getByRole('status')).toHaveText('2 selected');
  await page
    .getByRole('row')
    .nth(5)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await expect(bar.getByRole('status')).toHaveText('5 selected');
  await accessible(page);

  const heads = await page.getByRole('columnheader').allTextContents();
  const names = page.locator(`tbody tr td:nth-child(${heads.indexOf('Assignee') + 1})`);
  const before = await names.allTextContents();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign 5 filings' });
  await expect(dialog).toBeVisible();
  await accessible(page);
  await dialog.getByRole('combobox', { name: 'Assignee' }).fill('Farhan');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(page.getByText(/^Assigned to Farhan.*5 filings/)).toBeVisible();
  await expect(bar).toHaveCount(0);
  for (const row of [0, 1, 2, 3, 4]) await expect(names.nth(row)).toContainText('Farhan');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Taken back: 5 filings.')).toBeVisible();
  await expect(names).toHaveText(before);
});

test('all of a filter is changed by the filter, and what cannot be done says why', async ({ page }) => {
  await page.goto('/filings?view=all&regulator=MCA&size=25');
  await settled(page);
  await page.keyboard.press('Control+a');
  const bar = page.getByRole('toolbar', { name: 'Selected filings' });
  await expect(bar.getByRole('status')).toHaveText('25 selected');
  await bar.getByRole('button', { name: /^Select all \d+/ }).click();
  await expect(bar.getByRole('status')).toHaveText(/^All \d+ selected$/);
  const sent = page.waitForRequest((request) => request.url().endsWith('/api/return-filings/bulk'));
  await bar.getByRole('button', { name: 'Send for review' }).click();
  const body = (await sent).postDataJSON();
  expect(body.rows).toBeUndefined();
  expect(body.filter).toMatchObject({ view: 'all', regulator: ['MCA'] });
  const dialog = page.getByRole('dialog', { name: /done, \d+ could not/ });
  await expect(dialog.getByText('This filing is closed. Reopen it first.').first()).toBeVisible();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Back to the list' }).click();
  await expect(bar).toHaveCount(0);
});

test('waiving many needs a reason', async ({ page }) => {
  await page.goto('/filings?view=all&status=upcoming&sort=-dueOn');
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Waive, with a reason' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Waive them' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Reason');
  await dialog.getByLabel('Reason').fill('The regulator exempted this period.');
  await dialog.getByRole('button', { name: 'Waive them' }).click();
  await expect(page.getByText(/^Sent for approval to .*: 1 filing\./)).toBeVisible();
});
