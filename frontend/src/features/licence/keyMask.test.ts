import { expect, it } from 'vitest';
import { keyMask } from './keyMask';

it.each([
  ['zcrm1a2b', 'ZCRM-1A2B'],
  ['ZCRM 1a2b-3c4d 5e6f7g8h9', 'ZCRM-1A2B-3C4D-5E6F-7G8H'],
  ['zcrm-oi', 'ZCRM-01'],
  ['', ''],
])('%s is shown as %s', (typed, shown) => expect(keyMask(typed)).toBe(shown));
