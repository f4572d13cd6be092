import { expect, it } from 'vitest';
import type { Licence } from '@/api/types';
import { nudgeWords } from './NudgeCard';

const row = (name: string, on: boolean, unlockedBy: string | null) => ({
  name,
  title: name,
  group: 'x',
  on,
  unlockedBy,
  hidden: false,
});

function licence(nudge: string, used: number): Licence {
  return {
    claims: { nudge, unlockedBy: { clients: 'Basic' } },
    usage: [{ name: 'clients', title: 'Clients', used, limit: 25 }],
    features: [row('Invoicing', false, 'Basic'), row('WhatsApp', false, 'Pro')],
    upsell: ['WhatsApp'],
  } as unknown as Licence;
}

it('speaks as loudly as the plan says, and of a limit first', () => {
  expect(nudgeWords(licence('loud', 20))).toBe('Clients: 20 of 25 in use. Basic has more.');
  expect(nudgeWords(licence('loud', 19))).toBe('Basic adds Invoicing.');
  expect(nudgeWords(licence('quiet', 25))).toBe('WhatsApp is on Pro.');
  expect(nudgeWords(licence('none', 25))).toBeNull();
});
