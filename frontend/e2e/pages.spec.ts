// Every page: loads, says no error, stays within three API calls (four with a peek); then, on that one load, light and dark,
// desktop and phone: passes axe and does not scroll sideways.
import { expect, type Page, test } from '@playwright/test';
import { accessible, accessibleInEveryForm, settled } from './axe';
import { ADMIN_SESSION } from './people';

type Ids = { filing: number; client: number; change: number; entry: number };
let ids: Ids;

test.beforeAll(async ({ playwright, baseURL }) => {
  const api = await playwright.request.newContext({ baseURL, storageState: 'test-results/.session.json' });
  const filings = await (await api.get('/api/return-filings?perPage=1')).json();
  const clients = await (await api.get('/api/clients?perPage=1')).json();
  const changes = await (await api.get('/api/approvals?inbox=all&perPage=1')).json();
  const journal = await (await api.get('/api/journal?perPage=1')).json();
  ids = {
    filing: filings.items[0].id,
    client: clients.items[0].id,
    change: changes.items[0].id,
    entry: journal.items[0].id,
  };
  await api.dispose();
});

const PROBE: Ids = { filing: 1, client: 1, change: 1, entry: 1 };

const PAGES: [string, (ids: Ids) => string][] = [
  ['today', () => '/'],
  ['filings', () => '/filings'],
  ['filings, filed', () => '/filings?view=filed'],
  ['filings, peek', ({ filing }) => `/filings?view=all&open=${filing}`],
  ['a filing', ({ filing }) => `/filings/${filing}`],
  ['calendar', () => '/calendar'],
  ['agenda', () => '/calendar?view=agenda'],
  ['clients by month', () => '/calendar?view=matrix'],
  ['workload', () => '/calendar?view=workload'],
  ['awaited events', () => '/events'],
  ['recorded events', () => '/events?state=recorded'],
  ['clients', () => '/clients'],
  ['a client', ({ client }) => `/clients/${client}`],
  ["a client's year", ({ client }) => `/clients/${client}/year`],
  ['facts', ({ client }) => `/clients/${client}/facts`],
  ['events', ({ client }) => `/clients/${client}/events`],
  ['contacts', ({ client }) => `/clients/${client}/contacts`],
  ['timeline', ({ client }) => `/clients/${client}/timeline`],
  ['new client', () => '/clients/new'],
  ['rule library', () => '/rules'],
  ['a rule', () => '/rules/MCA-AOC4'],
  ['clients of a rule', () => '/rules/DNBS02/clients'],
  ['a rule to try', () => '/rules/DNBS02/try'],
  ['your firm for a rule', () => '/rules/DNBS02/firm'],
  ["the firm's own rules", () => '/rules/firm'],
  ['new internal return', () => '/rules/internal/new'],
  ['registers', () => '/rules/registers'],
  ['approvals', () => '/approvals'],
  ['a change', ({ change }) => `/approvals/${change}?inbox=all`],
  ['approval levels', () => '/settings/approvals'],
  ['relaxations', () => '/relaxations'],
  ['new relaxation', () => '/relaxations/new'],
  ['imports', () => '/imports'],
  ['new import', () => '/imports/new'],
  ['notices', () => '/notices?show=all'],
  ['audit trail', () => '/audit'],
  ['an entry', ({ entry }) => `/audit?open=${entry}`],
  ['profile', () => '/profile'],
  ['licence and plan', () => '/settings/licence'],
];

/** Pages of who runs the workspace, and their dialogs by their address. */
const ADMIN_PAGES: [string, string][] = [
  ['users', '/settings/users'],
  ['invite somebody', '/settings/users?do=invite'],
  ['let somebody go', '/settings/users?do=leave&who=1'],
  ['roles', '/settings/roles'],
  ['new role', '/settings/roles?do=new'],
  ['API keys', '/settings/api-keys'],
  ['new key', '/settings/api-keys?do=new'],
  ['who approves what', '/settings/approvals?do=change&who=clients.kyc'],
  ['enter an absence', '/settings/approvals?do=absence'],
];

/** Pages before signing in. */
const OPEN_PAGES: [string, string][] = [
  ['sign in', '/sign-in'],
  ['forgot password', '/forgot-password'],
  ['reset password, link over', '/reset-password?token=over'],
  ['invitation, link over', '/accept-invitation?token=over'],
];

/** What the page says in the console that is an error, and which calls it makes. */
function watched(page: Page) {
  const problems: string[] = [];
  const calls = new Set<string>();
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => new URL(request.url()).pathname.startsWith('/api/') && calls.add(request.url()));
  return { problems, calls };
}

for (const [name, path] of PAGES) {
  // A filing or an entry opened beside its list is one record more than the list alone.
  // So is what waits for approval about a record, asked for while something waits in the firm; the levels have their people.
  // A circular may name any return of the library, which is longer than a page.
  const more =
    ['filings, peek', 'an entry'].includes(name) ||
    name === 'new relaxation' ||
    name === 'approval levels' ||
    /^\/(clients|filings)\/\d/.test(path(PROBE));
  const most = more ? 4 : 3;
  test(name, async ({ page }) => {
    const { problems, calls } = watched(page);
    await page.goto(path(ids));
    await settled(page);
    expect([...calls].length, [...calls].join(' ')).toBeLessThanOrEqual(most);
    await accessibleInEveryForm(page);
    expect(problems).toEqual([]);
  });
}

test.describe('administrator', () => {
  test.use({ storageState: ADMIN_SESSION });
  for (const [name, path] of ADMIN_PAGES) {
    test(name, async ({ page }) => {
      const { problems } = watched(page);
      await page.goto(path);
      await settled(page);
      await expect(page.getByRole('dialog')).toHaveCount(path.includes('do=') ? 1 : 0);
      await accessibleInEveryForm(page);
      expect(problems).toEqual([]);
    });
  }
});

test.describe('signed out', () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  for (const [name, path] of OPEN_PAGES) {
    test(name, async ({ page }) => {
      await page.goto(path);
      await settled(page);
      await accessibleInEveryForm(page);
    });
  }
});

test('who lacks the right is told which, and whom to ask', async ({ page }) => {
  const { calls } = watched(page);
  for (const [path, words] of [
    ['/settings/users', 'does not let you invite people'],
    ['/settings/api-keys', 'does not let you make keys'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(words)).toContainText('Ask Vikram Chauhan.');
    await expect(page.getByRole('button', { name: /Invite|New key/ })).toHaveCount(0);
  }
  expect([...calls].filter((url) => /team|api-keys/.test(url))).toEqual([]);
  await accessibleInEveryForm(page);
});

test('what does not exist says so, with a way on', async ({ page }) => {
  await page.goto('/filings/99999999');
  await expect(page.getByText("We can't find this, or you can't open it.")).toBeVisible();
  await page.goto('/nowhere');
  await expect(page.getByRole('link', { name: 'Open filings' })).toBeVisible();
  await accessible(page);
  await page.goto('/approvals/99999999');
  await expect(page.getByText("We can't find this change, or you can't open it.")).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open what waits for you' })).toBeVisible();
});
