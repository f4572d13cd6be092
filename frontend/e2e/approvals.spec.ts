// Four eyes in two browsers: one proposes a PAN, the other approves it; the maker cannot, and both stand on the timeline.
import { expect, test } from '@playwright/test';
import { accessible, settled } from './axe';
import { DECIDER_SESSION, OFFICER_SESSION, SESSION } from './people';

test('a PAN from proposal to approval, by two people', async ({ browser, baseURL }) => {
  const origin = new URL(baseURL ?? '').origin;
  const [maker, checker] = await Promise.all(
    [SESSION, DECIDER_SESSION].map((storageState) => browser.newContext({ storageState, baseURL })),
  );
  if (!maker || !checker) throw new Error('two browsers');
  const mine = await maker.newPage();
  const unique = String(Date.now()).slice(-4);
  const made = await mine.request.post('/api/clients', {
    headers: { origin },
    data: {
      clientName: `Pennar ${unique} Leasing Private Limited`,
      entityType: 'private_company',
      pan: `AAKCP${unique}M`,
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const client = (await made.json()).id as number;

  await mine.goto(`/clients/${client}`);
  await settled(mine);
  await mine.getByRole('button', { name: 'Edit', exact: true }).click();
  const drawer = mine.getByRole('dialog');
  await drawer.getByLabel('PAN (optional)').fill(`AAKCQ${unique}M`);
  await drawer.getByLabel('Note for whoever approves it (optional)').fill('New card seen on 12 Nov.');
  await drawer.getByRole('button', { name: 'Save changes' }).click();
  await expect(mine.getByText(/^Sent for approval to Checker/)).toBeVisible();
  const notice = mine.getByText(/^Waits for approval: change to a client's KYC record/);
  await expect(notice).toBeVisible();
  await expect(mine.getByText(`AAKCP${unique}M`).first()).toBeVisible();
  await mine.getByRole('link', { name: 'View changes' }).click();
  await settled(mine);

  // The maker's own button is there, off, and says why; the API says the same.
  const own = mine.getByRole('button', { name: /^Approve 1 change/ });
  await expect(own).toHaveAttribute('aria-disabled', 'true');
  await expect(own).toHaveAccessibleDescription('You proposed this. Somebody else must approve it.');
  await accessible(mine);
  const address = new URL(mine.url()).pathname;
  const id = Number(address.split('/').pop());
  const refused = await mine.request.post(`/api/approvals/${id}/approve`, {
    headers: { origin, 'If-Match': '"1"' },
    data: {},
  });
  expect([refused.status(), (await refused.json()).code]).toEqual([403, 'approval.own_work']);

  const theirs = await checker.newPage();
  await theirs.goto('/');
  await theirs
    .getByRole('link', { name: /^Approvals/ })
    .first()
    .click();
  await settled(theirs);
  await theirs.getByRole('link', { name: new RegExp(`Pennar ${unique}`) }).click();
  await expect(theirs).toHaveURL(new RegExp(`${address}$`));
  await settled(theirs);
  const diff = theirs.getByRole('table', { name: /as proposed/ });
  await expect(diff.getByRole('row', { name: /^PAN/ })).toContainText(`AAKCQ${unique}M`);
  await expect(theirs.getByText('“New card seen on 12 Nov.”')).toBeVisible();
  await accessible(theirs);
  await theirs.getByRole('button', { name: 'Send back' }).click();
  await expect(theirs.getByRole('alert')).toContainText('Say why');
  // One key moves to the button, Enter decides.
  await theirs.getByRole('heading', { level: 1 }).click();
  await theirs.keyboard.press('a');
  await expect(theirs.getByRole('button', { name: /^Approve 1 change/ })).toBeFocused();
  await theirs.keyboard.press('Enter');
  await expect(theirs.getByText(/^Approved: Pennar/)).toBeVisible();

  for (const page of [mine, theirs]) {
    await page.goto(`/clients/${client}/timeline`);
    await settled(page);
    await expect(page.getByText(`AAKCQ${unique}M`).first()).toBeVisible();
    await expect(page.getByText(/proposed: Change to a client's KYC record/)).toBeVisible();
    await expect(page.getByText(/approved at level 1/)).toBeVisible();
    await expect(page.getByText('Ananya Iyer').first()).toBeVisible();
    await expect(page.getByText('Sneha Kulkarni').first()).toBeVisible();
  }
  await maker.close();
  await checker.close();
});

test('who approves what: changing it needs a second person too', async ({ browser, baseURL }) => {
  const officer = await browser.newContext({ storageState: OFFICER_SESSION, baseURL });
  const page = await officer.newPage();
  await page.goto('/settings/approvals');
  await settled(page);
  await page.getByRole('button', { name: 'Change who approves: Commit a bulk import' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lapses after, in days').fill('9');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Sent for approval to Principal officer or Admin/)).toBeVisible();
  await page.goto('/approvals?inbox=by_me');
  await settled(page);
  await page.getByRole('link', { name: /Commit a bulk import/ }).click();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText(/^Withdrawn: Commit a bulk import/)).toBeVisible();
  await officer.close();
});

test('what came back opens with what was proposed, and what the checker wrote', async ({ browser, baseURL }) => {
  const origin = new URL(baseURL ?? '').origin;
  const [maker, checker] = await Promise.all(
    [SESSION, DECIDER_SESSION].map((storageState) => browser.newContext({ storageState, baseURL })),
  );
  if (!maker || !checker) throw new Error('two browsers');
  const page = await maker.newPage();
  const unique = String(Date.now()).slice(-4);
  const made = await page.request.post('/api/clients', {
    headers: { origin },
    data: { clientName: `Tapti ${unique} Leasing Private Limited`, entityType: 'private_company' },
  });
  const { id, version } = await made.json();
  const asked = await page.request.patch(`/api/clients/${id}`, {
    headers: { origin, 'If-Match': `"${version}"` },
    data: { pan: `AAKCT${unique}M`, riskRating: 'high' },
  });
  const { proposal } = await asked.json();
  const back = await checker.request.post(`/api/approvals/${proposal.id}/return`, {
    headers: { origin, 'If-Match': `"${proposal.version}"` },
    data: { comment: 'The card ends in K' },
  });
  expect(back.ok(), await back.text()).toBe(true);
  await page.goto(`/clients/${id}`);
  await expect(page.getByText(/^Sent back to Ananya Iyer/)).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText('The card ends in K', { exact: false })).toBeVisible();
  await expect(drawer.getByLabel('PAN (optional)')).toHaveValue(`AAKCT${unique}M`);
  await accessible(page);
  await drawer.getByLabel('PAN (optional)').fill(`AAKCT${unique}K`);
  await drawer.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText(/^Waits for approval: change to a client's KYC record/)).toBeVisible();
  await page.getByRole('link', { name: 'View changes' }).click();
  await expect(page.getByText(/round 2/)).toBeVisible();
  await page.getByRole('button', { name: /^Show \d+ fields that do not change/ }).click();
  const diff = page.getByRole('table', { name: /as proposed/ });
  await expect(diff.getByRole('row', { name: /^Legal form/ })).toContainText('Private company');
  await accessible(page);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText(/^Withdrawn: Tapti/)).toBeVisible();
  await maker.close();
  await checker.close();
});
