// The story: 200 clients from a sheet with 12 planted errors, fixed in the copy that comes back, written with the right
// filings on the right dates for five clients checked by hand, and undone.
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { accessible, settled } from './axe';
import { corrected, nameOf, problemsOf, sheetOf } from './sheet';

/**
 * Worked out by hand from the law, not from the program: AGM 26 Aug 2026 + 15, 30, 60 days; quarter end 30 Sep + 21 days;
 * month end + 15 days; the 7th and the 10th of the next month; 30 Sep after the year; LLP: 60 days after 31 Mar, and 30
 * days after six months.
 */
const EXPECTED: { client: number; filings: [code: string, period: string, due: string][] }[] = [
  {
    client: 1,
    filings: [
      ['MCA-ADT1', 'FY 2025-26', '2026-09-10'],
      ['MCA-AOC4', 'FY 2025-26', '2026-09-25'],
      ['MCA-MGT7', 'FY 2025-26', '2026-10-25'],
    ],
  },
  {
    client: 2,
    filings: [
      ['DNBS02', 'Q2 FY 2026-27', '2026-10-21'],
      ['DNBS04A', 'Q2 FY 2026-27', '2026-10-21'],
      ['DNBS04B', 'Nov 2026', '2026-12-15'],
      ['DNBS04B', 'Feb 2027', '2027-03-15'],
    ],
  },
  {
    client: 3,
    filings: [
      ['PPI-MONTHLY', 'Oct 2026', '2026-11-07'],
      ['PPI-GRV', 'Q3 FY 2026-27', '2027-01-10'],
    ],
  },
  {
    client: 4,
    filings: [
      ['PA-VOL', 'Oct 2026', '2026-11-07'],
      ['PA-NW-A', 'FY 2025-26', '2026-09-30'],
    ],
  },
  {
    client: 5,
    filings: [
      ['LLP-11', 'FY 2025-26', '2026-05-30'],
      ['LLP-8', 'FY 2025-26', '2026-10-30'],
    ],
  },
];

type Row = { code: string; periodLabel: string; legalDueOn: string | null };

async function filingsOf(page: Page, name: string): Promise<Row[]> {
  const found = await page.request.get(`/api/clients?q=${encodeURIComponent(name)}&perPage=200`);
  const clients: { id: number; clientName: string }[] = (await found.json()).items;
  const client = clients.find((c) => c.clientName === name);
  if (!client) throw new Error(`${name} was not written`);
  const answer = await page.request.get(`/api/return-filings?clientId=${client.id}&view=all&perPage=200`);
  return (await answer.json()).items;
}

test('a sheet of 200 clients: 12 errors named, fixed in the returned copy, written, undone', async ({ page }) => {
  test.setTimeout(240_000);
  const seed = Math.floor(Date.now() / 1000) % 9000;
  const { bad, planted } = sheetOf(seed);
  const upload = (name: string, text: string) =>
    page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  await page.goto('/imports/new');
  await settled(page);
  await upload('clients.csv', bad);
  await expect(page).toHaveURL(/\/imports\/\d+$/);
  await settled(page);
  await accessible(page);
  const issues = page.getByRole('table', { name: 'Errors and warnings' });
  for (const { row, bad: value } of planted) {
    await expect(
      issues
        .getByRole('row')
        .filter({ has: page.getByRole('cell', { name: String(row), exact: true }) })
        .filter({ hasText: value }),
    ).not.toHaveCount(0);
  }
  await expect(page.getByText(/188 ok, 12 need fixing/)).toBeVisible();
  await page.getByRole('button', { name: /^Write \d+ clients$/ }).click();
  await expect(page.getByRole('alert')).toContainText('12 rows have errors');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the copy with errors' }).click(),
  ]);
  const copy = await readFile(await download.path(), 'utf8');
  for (const { name } of planted) expect(problemsOf(copy, name)).not.toBe('');

  await page.getByRole('link', { name: 'Upload a corrected sheet' }).click();
  await settled(page);
  await upload('clients-corrected.csv', corrected(copy, planted));
  await expect(page).toHaveURL(/\/imports\/\d+$/);
  await expect(page.getByText('All 200 rows can be written.')).toBeVisible();
  await page.getByRole('button', { name: 'Write 200 clients' }).click();
  await expect(page.getByText(/^200 clients created/)).toBeVisible({ timeout: 120_000 });
  await accessible(page);

  for (const { client, filings } of EXPECTED) {
    const rows = await filingsOf(page, nameOf(seed, client));
    for (const [code, period, due] of filings) {
      const row = rows.find((r) => r.code === code && r.periodLabel === period);
      expect(row?.legalDueOn, `${nameOf(seed, client)}: ${code} ${period}`).toBe(due);
    }
  }
  // What must not be there: an LLP holds no AGM, a plain company files nothing with RBI.
  expect((await filingsOf(page, nameOf(seed, 5))).map((r) => r.code)).not.toContain('MCA-AOC4');
  expect((await filingsOf(page, nameOf(seed, 1))).filter((r) => r.code.startsWith('DNBS'))).toEqual([]);

  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByText(/^Undone on/)).toBeVisible({ timeout: 60_000 });
});
