// The calendar: month by mouse and keyboard, day drawer, agenda, clients by month, a client's year, workload, and paper.
import { expect, type Page, test } from '@playwright/test';
import { accessible, settled } from './axe';

/** Pages of the printed sheet, and whether they lie on their side. */
async function printed(page: Page) {
  const text = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)];
  return { pages: boxes.length, landscape: boxes.every((box) => Number(box[1]) > Number(box[2])) };
}

async function today(page: Page): Promise<string> {
  return (await (await page.request.get('/api/me')).json()).today;
}

test('a month opens its days, keeps its filters and prints on one sheet', async ({ page }) => {
  await page.goto('/calendar');
  await settled(page);
  const now = await today(page);
  const grid = page.getByRole('grid');
  await expect(grid.locator(`[data-day="${now}"]`)).toHaveAttribute('aria-current', 'date');
  const day = grid.getByRole('button', { name: /filings? due/ }).last();
  const count = Number(/(\d+) filings? due/.exec((await day.getAttribute('aria-label')) ?? '')?.[1]);
  await day.click();
  await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/);
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('listitem')).toHaveCount(Math.min(count, 50));
  await accessible(page);
  await page.goBack();
  await expect(drawer).toHaveCount(0);
  await page.getByRole('link', { name: 'Agenda' }).click();
  await page.getByRole('textbox', { name: 'Filter by client or code' }).fill('MCA');
  await expect(page).toHaveURL(/view=agenda.*q=MCA/);
  await page.getByRole('link', { name: 'Month', exact: true }).click();
  await expect(page).toHaveURL(/q=MCA/);
  await settled(page);
  expect(await printed(page)).toEqual({ pages: 1, landscape: true });
});

test('the days work by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/calendar$/);
  await page.goto('/calendar?month=2027-01');
  await settled(page);
  const at = () => page.locator('[data-day]:focus');
  await page.locator('[data-day="2027-01-01"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(at()).toHaveAttribute('data-day', '2027-01-09');
  await page.keyboard.press('Home');
  await expect(at()).toHaveAttribute('data-day', '2027-01-04');
  await page.keyboard.press('End');
  await expect(at()).toHaveAttribute('data-day', '2027-01-10');
  await page.keyboard.press('PageDown');
  await expect(at()).toHaveAttribute('data-day', '2027-02-10');
  await expect(page.getByRole('heading', { name: 'February 2027' })).toBeVisible();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(at()).toHaveAttribute('data-day', '2026-12-10');
  await settled(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).not.toHaveURL(/day=/);
});

test('the agenda begins with what is past due and goes on by day', async ({ page }) => {
  await page.goto('/calendar?view=agenda');
  await settled(page);
  const heads = page.getByRole('rowheader');
  await expect(heads.first()).toContainText('Past due');
  const titles = await page.locator('th[scope="rowgroup"]').allInnerTexts();
  expect(new Set(titles).size).toBe(titles.length);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/filings\/\d+/);
});

test('a cell of the matrix leads to exactly its filings, and a client to its year', async ({ page }) => {
  await page.goto('/calendar?view=matrix');
  await settled(page);
  const cell = page.getByRole('link', { name: /\d{4}, \d+ filings?: / }).first();
  const count = Number(/, (\d+) filings?: /.exec((await cell.getAttribute('aria-label')) ?? '')?.[1]);
  await cell.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('tbody a:focus')).toHaveCount(1);
  expect(await page.locator('tbody a[tabindex="0"]').count()).toBe(1);
  await cell.click();
  await expect(page).toHaveURL(/\/filings\?.*due=/);
  await settled(page);
  await expect(page.locator('main tbody tr')).toHaveCount(count);
  await page.goBack();
  await settled(page);
  await page.getByRole('rowheader').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/clients\/\d+\/year/);
  await settled(page);
  // The client with most to do is the one that is hardest to fit.
  expect(await printed(page)).toEqual({ pages: 1, landscape: true });
  await page.getByRole('combobox', { name: 'Financial year' }).selectOption({ index: 1 });
  await expect(page).toHaveURL(/fy=/);
  await settled(page);
  expect(await printed(page)).toEqual({ pages: 1, landscape: true });
});

test('a figure of the workload leads to as many filings', async ({ page }) => {
  await page.goto('/calendar?view=workload');
  await settled(page);
  const figure = page.getByRole('link', { name: /past due: \d+/ }).first();
  const count = Number((await figure.innerText()).replace(/\D/g, ''));
  await figure.click();
  await expect(page).toHaveURL(/assigneeId=/);
  await settled(page);
  await expect(page.getByText(new RegExp(`of ${count}$`)).first()).toBeVisible();
});
