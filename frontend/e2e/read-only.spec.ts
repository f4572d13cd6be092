// A firm that may only read, and one whose plan lacks something: what changes a record stays where it is, is off and says why;
// reading, exports and recording a filing go on. The server's own refusals are tested with the API; here it says how it stands.
import { expect, type Page, test } from '@playwright/test';
import { accessible, settled } from './axe';
import { ADMIN_SESSION } from './people';

const WHY = 'Read-only since 18 Oct 2026. You can view, export, print and record filings.';

/** Answers who is signed in as the server does, with other rights of the firm. */
async function standing(page: Page, change: (entitlements: Record<string, unknown>) => void) {
  await page.route('**/api/me', async (route) => {
    const answer = await route.fetch();
    const me = await answer.json();
    change(me.entitlements);
    await route.fulfill({ response: answer, json: me });
  });
}

const readOnly = (page: Page) =>
  standing(page, (entitlements) => {
    entitlements.mode = { kind: 'read_only', readOnlyFrom: '2026-10-18T00:00:00+05:30', why: 'ended', checkedAt: null };
  });

/** Pressed anyway, a control that is off says why and does nothing. */
async function isOff(page: Page, name: string | RegExp) {
  const control = page.getByRole('button', { name }).first();
  await expect(control).toHaveAttribute('aria-disabled', 'true');
  await expect(control).toHaveAttribute('title', WHY);
  await control.click({ force: true });
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

for (const [scheme, width] of [
  ['light', 1440],
  ['dark', 390],
] as const) {
  test.describe(`read-only, ${scheme}, ${width} px`, () => {
    test.use({ colorScheme: scheme, viewport: { width, height: 900 } });

    test('a filing can be recorded and nothing else about it changed', async ({ page }) => {
      await readOnly(page);
      const filings = await (await page.request.get('/api/return-filings?view=open&perPage=1')).json();
      await page.goto(`/filings/${filings.items[0].id}`);
      await settled(page);
      await expect(page.getByRole('status').filter({ hasText: 'Read-only since 18 Oct 2026.' })).toBeVisible();
      await isOff(page, /^(Rea|A)ssign$/);
      await page.getByRole('button', { name: 'More actions' }).click();
      await expect(
        page
          .getByRole('menuitem', { name: 'Waive, with a reason' })
          .or(page.getByRole('menuitem', { name: 'Set internal target date' }))
          .first(),
      ).toHaveAttribute('aria-disabled', 'true');
      await expect(page.getByRole('menuitem', { name: 'Portal not working?' })).not.toHaveAttribute(
        'aria-disabled',
        'true',
      );
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);
      await accessible(page);
      await page.getByRole('button', { name: 'Mark as filed' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    });

    test('clients are listed and exported, and none is added', async ({ page }) => {
      await readOnly(page);
      await page.goto('/clients');
      await settled(page);
      await isOff(page, 'New client');
      await expect(page).toHaveURL(/\/clients$/);
      await expect(page.getByRole('button', { name: 'Export' })).not.toHaveAttribute('aria-disabled', 'true');
      await accessible(page);
    });
  });
}

test.describe('the administrator', () => {
  test.use({ storageState: ADMIN_SESSION });

  test('in a read-only firm still revokes keys, but makes none', async ({ page }) => {
    await readOnly(page);
    await page.goto('/settings/api-keys');
    await settled(page);
    await isOff(page, 'New key');
    await page.goto('/settings/roles');
    await settled(page);
    await isOff(page, 'New role');
    await accessible(page);
  });

  test('sees a lock where the plan lacks something, and which plan has it', async ({ page }) => {
    await standing(page, (entitlements) => {
      entitlements.planName = 'Growth';
      entitlements.features = (entitlements.features as string[]).filter((one) => one !== 'custom_roles');
      entitlements.unlockedBy = { custom_roles: 'Professional' };
    });
    await page.goto('/settings/roles');
    await settled(page);
    await page.getByRole('button', { name: 'New role' }).click();
    const dialog = page.getByRole('dialog', { name: 'On Professional' });
    await expect(dialog).toContainText('Custom roles: on Professional. You are on Growth.');
    await expect(dialog.getByRole('button', { name: 'See plans' })).toBeVisible();
    await accessible(page);
  });
});
