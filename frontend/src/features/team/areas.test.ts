// Permissions in groups.
import { expect, it } from 'vitest';
import { byArea } from './areas';

const named = (name: string) => ({ name, title: name });

it('puts what belongs together under one head and loses nothing', () => {
  const groups = byArea(['clients.view', 'users.view', 'filings.view', 'roles.manage', 'views.share'].map(named));
  expect(groups.map(({ area, items }) => [area, items.map((one) => one.name)])).toEqual([
    ['Clients', ['clients.view']],
    ['People and access', ['users.view', 'roles.manage']],
    ['Filings', ['filings.view', 'views.share']],
  ]);
});
it('shows an area that it does not know by its name', () => {
  expect(byArea([named('penalty_register.view')])[0]?.area).toBe('Penalty register');
});
