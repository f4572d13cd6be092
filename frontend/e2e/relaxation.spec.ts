// A regulator extends a date: preview, carry out, the new date in list, filing and calendar, undo, the old date again.
import { expect, type Page, test } from '@playwright/test';
import { addDays, formatDate } from '../src/lib/format';
import { approveNewest } from './approve';
import { accessible, settled } from './axe';
import { DECIDER_SESSION, OFFICER_SESSION } from './people';

test.use({ storageState: OFFICER_SESSION });

type Filing = { id: number; code: string; periodEnd: string; legalDueOn: string };

/** An open filing that is not late, read the way the list reads it. */
async function upcoming(page: Page): Promise<Filing> {
  const answer = await page.request.get('/api/return-filings?status=upcoming&perPage=1&sort=dueOn');
  return (await answer.json()).items[0];
}

const read = async (page: Page, id: number) => (await page.request.get(`/api/return-filings/${id}`)).json();
const date = (page: Page, label: string) => page.getByLabel(label, { exact: true });

test('due dates extended by a circular, and taken back', async ({ page, baseURL }) => {
  await page.goto('/filings');
  await settled(page);
  const filing = await upcoming(page);
  const before = await read(page, filing.id);
  const later = addDays(filing.legalDueOn, 40);

  await page.getByRole('link', { name: 'Extend due dates…' }).click();
  await settled(page);
  await page.getByRole('link', { name: 'Extend due dates' }).first().click();
  await settled(page);
  await page.getByRole('button', { name: 'Show what changes' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose at least one return.');

  await page.getByLabel('Issued by').selectOption({ value: before.regulator });
  await page.getByLabel('Number', { exact: true }).fill('Circular 12/2026');
  await date(page, 'Dated').fill('today');
  await date(page, 'Dated').blur();
  await page.getByLabel('Link (optional)').fill('https://regulator.example/circular-12');
  const returns = page.getByRole('combobox', { name: 'Returns' });
  await returns.fill(filing.code);
  await page.getByRole('option', { name: new RegExp(`^${filing.code},`) }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Periods', { exact: true }).selectOption('');
  await date(page, 'Periods that end from').fill(filing.periodEnd);
  await date(page, 'Periods that end until').fill(filing.periodEnd);
  await date(page, 'New due date').fill(later);
  await date(page, 'New due date').blur();
  await page.getByRole('button', { name: 'Show what changes' }).click();
  const preview = page.getByRole('region', { name: 'What changes' });
  await expect(preview.getByRole('cell', { name: formatDate(later), exact: true }).first()).toBeVisible();
  await expect(preview.getByText('Nothing is written yet.')).toBeVisible();
  await accessible(page);
  expect((await read(page, filing.id)).version).toBe(before.version);

  await preview.getByRole('button', { name: /^Carry it out on/ }).click();
  const apply = page.getByRole('dialog');
  await expect(apply.getByRole('button', { name: 'Not yet' })).toBeFocused();
  await apply.getByLabel('Reason').fill('Circular read on the site of the regulator.');
  await accessible(page);
  await apply.getByRole('button', { name: 'Carry it out' }).click();
  await expect(page.getByText(/^Sent for approval to Checker/)).toBeVisible();
  await expect(page).toHaveURL(/\/relaxations$/);
  await approveNewest(baseURL, DECIDER_SESSION);
  await page.reload();
  await page.getByRole('link', { name: 'Circular 12/2026' }).click();
  await expect(page).toHaveURL(/\/relaxations\/\d+$/);
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Circular 12/2026');
  await accessible(page);
  const relaxation = page.url();

  // The list says so at the date; the filing says what the law gave, who extended it, and where to read it.
  await page.goto(`/filings?view=all&q=${filing.code}&due=${later}..${later}`);
  await settled(page);
  await expect(page.getByRole('cell', { name: /extended/ }).first()).toBeVisible();
  await page.goto(`/filings/${filing.id}`);
  await settled(page);
  const why = page.getByRole('region', { name: 'Why this date' });
  await expect(why.getByText(/^Law: .*; extended to .* by Circular 12\/2026 dated/)).toBeVisible();
  await expect(why.getByRole('link', { name: 'read it' })).toHaveAttribute(
    'href',
    'https://regulator.example/circular-12',
  );
  expect((await read(page, filing.id)).legalDueOn).toBe(later);
  const month = await page.request.get(`/api/calendar?from=${later}&to=${later}`);
  expect(await month.text()).toContain(filing.code);

  await page.goto(relaxation);
  await settled(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  const undo = page.getByRole('dialog');
  await undo.getByLabel('Reason').fill('Withdrawn by the regulator.');
  await undo.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByText(/^Sent for approval to Checker/).first()).toBeVisible();
  await approveNewest(baseURL, DECIDER_SESSION);
  await page.reload();
  await expect(page.getByText(/^Undone by /)).toBeVisible();
  await page.goto(`/filings/${filing.id}`);
  await settled(page);
  await expect(why.getByText(/Law:/)).toHaveCount(0);
  const after = await read(page, filing.id);
  for (const key of ['legalDueOn', 'targetDueOn', 'ruleDueOn', 'relaxationId', 'status', 'why']) {
    expect(after[key], key).toEqual(before[key]);
  }
});
