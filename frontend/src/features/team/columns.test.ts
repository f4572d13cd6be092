// The order of the people in the list.
import { expect, it } from 'vitest';
import type { Member } from '@/api/types';
import { seenWords, sortTeam } from './columns';

const member = (displayName: string, part: Partial<Member> = {}): Member => ({
  id: displayName.length,
  displayName,
  active: true,
  clients: 0,
  openFilings: 0,
  secondFactor: false,
  version: 1,
  role: 'analyst',
  ...part,
});
const names = (members: Member[], ...sort: string[]) => sortTeam(members, sort).map((one) => one.displayName);

const TEAM = [
  member('sneha', { openFilings: 3, role: 'checker' }),
  member('Ananya', { openFilings: 9 }),
  member('Farhan', { openFilings: 3, active: false, lastSeenAt: '2026-11-22T03:05:00+05:30' }),
];

it('sorts by name whatever the case, and puts who left last', () => {
  expect(names(TEAM)).toEqual(['Ananya', 'sneha', 'Farhan']);
  expect(names(TEAM, '-displayName')).toEqual(['sneha', 'Ananya', 'Farhan']);
});
it('sorts by work and by role, names settle what is equal', () => {
  expect(names([...TEAM, member('Bela', { openFilings: 3 })], 'openFilings')).toEqual([
    'Bela',
    'sneha',
    'Ananya',
    'Farhan',
  ]);
  expect(names(TEAM, '-role')).toEqual(['sneha', 'Ananya', 'Farhan']);
});
it('leaves out an order that it does not know', () => {
  expect(names(TEAM, 'shoeSize')).toEqual(['Ananya', 'sneha', 'Farhan']);
});
it('says who left and who never came', () => {
  expect(TEAM.map(seenWords)).toEqual(['Never signed in', 'Never signed in', 'Deactivated']);
});
