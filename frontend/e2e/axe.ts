// Accessibility checks: WCAG 2.2 A and AA by axe, and no sideways scroll. A page can be checked in all its forms on one load.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules whose answer depends on the colours; all others judge the same document in light and in dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

export async function accessible(page: Page) {
  await still(page);
  await axe(page, { type: 'tag', values: TAGS }, '');
  await fits(page, '');
}

/**
 * The page as it stands, light and dark, on a desktop and on a phone, without loading it again. Every rule runs in each
 * width; in the second scheme only those that look at colours.
 */
export async function accessibleInEveryForm(page: Page) {
  await wear(page, 'light', WIDE);
  await axe(page, { type: 'tag', values: TAGS }, 'light, wide');
  await fits(page, 'wide');
  await wear(page, 'dark', WIDE);
  await axe(page, { type: 'rule', values: COLOUR_RULES }, 'dark, wide');
  await wear(page, 'dark', PHONE);
  await axe(page, { type: 'rule', values: COLOUR_RULES }, 'dark, phone');
  await wear(page, 'light', PHONE);
  await axe(page, { type: 'tag', values: TAGS }, 'light, phone');
  await fits(page, 'phone');
}

/** Waits until the page has its data: one h1, and nothing that is still loading. */
export async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

async function axe(page: Page, runOnly: { type: 'tag' | 'rule'; values: string[] }, form: string) {
  // One frame and only violations: axe need not describe thousands of nodes that pass. It is the same set of rules.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ runOnly, resultTypes: ['violations'] });
  const { violations } = await builder.analyze();
  const found = violations.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0]?.html.slice(0, 200)}`);
  expect(found, `axe on ${page.url()} ${form}`).toEqual([]);
}

async function fits(page: Page, form: string) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `sideways scroll on ${page.url()} ${form}`).toBeLessThanOrEqual(0);
}

/** Waits for what fades or slides in: half way its colours are not the ones that are read. */
async function still(page: Page) {
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));
  });
}

/** Another scheme and size; ends when both are drawn. Colours do not fade, so that none is caught half way. */
async function wear(page: Page, colorScheme: 'light' | 'dark', size: typeof WIDE) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize(size);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await still(page);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
