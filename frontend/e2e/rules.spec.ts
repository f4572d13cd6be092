// The rule library: find a rule, read why, try it with your own facts.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';

test('a rule is found, read and tried with facts of your own', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('y');
  await expect(page.getByRole('heading', { level: 1, name: 'Rule library' })).toBeVisible();
  await page.getByPlaceholder('Filter by code, name, law').fill('AOC-4');
  await page.getByRole('link', { name: 'MCA-AOC4', exact: true }).click();
  await expect(page.getByText('30 days after the AGM').first()).toBeVisible();
  await expect(page.getByText('s.403(1)', { exact: false }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Try it' }).click();
  await page.getByLabel('AGM held', { exact: true }).fill('28 Sep 2026');
  await page.getByLabel('Legal form').selectOption('private_company');
  await page.getByLabel('Filed on', { exact: true }).fill('12 Dec 2026');
  await page.getByRole('button', { name: 'Work it out' }).click();
  // Worked example: AGM 28 Sep 2026, due 28 Oct; 45 days late, a fee of 100 a day.
  await expect(page.getByText('Wed, 28 Oct 2026')).toBeVisible();
  await expect(page.getByText('The rule applies to such a client.')).toBeVisible();
  await expect(page.getByText('45 days late')).toBeVisible();
  await accessible(page);
  await page.getByLabel('Last day of the period (needed)', { exact: true }).fill('15 Aug 2026');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await expect(page.getByRole('alert')).toContainText('Last day of the period');
});
