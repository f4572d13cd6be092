// What a firm sets beside the law: an uncertain rule is planned knowingly, and an internal return lands in the calendar.
import { expect, type Page, test } from '@playwright/test';
import { approve } from './approve';
import { accessible, settled } from './axe';
import { DECIDER_SESSION, OFFICER_SESSION } from './people';

test.use({ storageState: OFFICER_SESSION });

/** Filings follow in the background: how many there are of a return now. */
const total = async (page: Page, code: string): Promise<number> =>
  (await (await page.request.get(`/api/return-filings?view=all&code=${code}`)).json()).total;

/** The change waits; a colleague approves it, and the page shows it without loading anew. */
async function secondPerson(page: Page, baseURL: string | undefined, about: string): Promise<void> {
  await expect(page.getByText(/^Sent for approval to Checker/)).toBeVisible();
  await expect(page.getByText(/^Waits for approval: change a rule of the firm/)).toBeVisible();
  await approve(baseURL, DECIDER_SESSION, about);
  await page.reload();
  await settled(page);
  await expect(page.getByText(/^Waits for approval/)).toHaveCount(0);
}

test('an uncertain rule is planned with a reason, and taken back', async ({ page, baseURL }) => {
  await page.goto('/rules/IRDAI-BAP-H2/firm');
  await settled(page);
  await page.getByLabel('Plan it for the clients to whom it applies').check();
  await expect(page.getByText('15 April is by analogy', { exact: false })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What it changes' })).toContainText('would be planned');
  await page.getByRole('button', { name: 'Save for your firm' }).click();
  await expect(page.getByRole('alert')).toContainText('at least 10 characters');
  await page.getByLabel('Reason', { exact: true }).fill('Counsel read the circular with us');
  await accessible(page);
  await page.getByRole('button', { name: 'Save for your firm' }).click();
  await secondPerson(page, baseURL, 'IRDAI-BAP-H2');
  await expect(page.getByText('planned here', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('Counsel read the circular with us')).toBeVisible();
  await expect.poll(() => total(page, 'IRDAI-BAP-H2')).toBeGreaterThan(0);
  await page.goto('/filings?view=all&code=IRDAI-BAP-H2');
  await expect(page.getByText('IRDAI-BAP-H2').first()).toBeVisible();
  // The demo firm goes back to where it was.
  await page.goto('/rules/IRDAI-BAP-H2/firm');
  await page.getByLabel('As the rulebook says: not planned').check();
  await expect(page.getByRole('region', { name: 'What it changes' })).toContainText('would come off the plan');
  await page.getByLabel('Reason', { exact: true }).fill('Counsel took it back again');
  await page.getByRole('button', { name: 'Save for your firm' }).click();
  await secondPerson(page, baseURL, 'IRDAI-BAP-H2');
  await expect.poll(() => total(page, 'IRDAI-BAP-H2')).toBe(0);
});

test('an internal return is planned, says that it is not law, and is retired', async ({ page, baseURL }) => {
  const code = `INT-E2E-${Date.now() % 100_000}`;
  await page.goto('/rules/firm');
  await settled(page);
  await page.getByRole('link', { name: 'New internal return' }).first().click();
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByLabel('Name', { exact: true }).fill('Partner review of the month');
  await page.getByLabel('Due', { exact: true }).selectOption('days_after_period');
  await page.getByLabel('Days after', { exact: true }).fill('5');
  await expect(page.getByRole('region', { name: 'What it changes' })).toContainText('would be planned');
  await page.getByRole('button', { name: 'Save internal return' }).click();
  await expect(page.getByText(/^Sent for approval to Checker/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Your firm' })).toBeVisible();
  await approve(baseURL, DECIDER_SESSION, code);
  await page.goto(`/rules/internal/${code}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Partner review of the month' })).toBeVisible();
  await expect.poll(() => total(page, code)).toBeGreaterThan(10);
  const first = (await (await page.request.get(`/api/return-filings?view=all&code=${code}&sort=dueOn`)).json())
    .items[0];
  await page.goto(`/calendar?view=agenda&month=${first.legalDueOn.slice(0, 7)}&code=${code}`);
  await expect(page.getByText(code).first()).toBeVisible();
  await expect(page.getByText('Internal, not law').first()).toBeVisible();
  await page.goto(`/filings/${first.id}`);
  await expect(page.getByText('Internal, not law').first()).toBeVisible();
  await settled(page);
  await accessible(page);
  // The demo firm goes back to where it was.
  await page.goto(`/rules/internal/${code}`);
  await page.getByRole('button', { name: 'Retire' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('The story is told');
  await expect(page.getByRole('region', { name: 'What it changes' })).toContainText('would come off the plan');
  await accessible(page);
  await page.getByRole('button', { name: 'Retire it' }).click();
  await secondPerson(page, baseURL, code);
  await expect(page.getByText('Retired from', { exact: false }).first()).toBeVisible();
  await expect.poll(() => total(page, code)).toBe(0);
});
