// Which words of two texts are marked.
import { expect, it } from 'vitest';
import { ageWords, proposalLook, wordMarks } from './words';

const marked = (parts: { text: string; mark: boolean }[]) => parts.filter((p) => p.mark).map((p) => p.text.trim());
const whole = (parts: { text: string }[]) => parts.map((p) => p.text).join('');

it('marks only what differs and loses nothing', () => {
  const [before, after] = ['401, Andheri East, Mumbai 400069', '1204, Goregaon East, Mumbai 400063'];
  const marks = wordMarks(before, after);
  expect([whole(marks.before), whole(marks.after)]).toEqual([before, after]);
  expect(marked(marks.before).join(' ')).toBe('401, Andheri 400069');
  expect(marked(marks.after).join(' ')).toBe('1204, Goregaon 400063');
});
it('marks nothing in equal texts and everything in different ones', () => {
  expect(marked(wordMarks('Low', 'Low').after)).toEqual([]);
  expect(marked(wordMarks('Low', 'High').after)).toEqual(['High']);
});
it('shows a state it does not know by its name', () => {
  expect(proposalLook('pending').label).toBe('Awaiting approval');
  expect(proposalLook('parked').label).toBe('parked');
});
it('says how long something has waited, by the day in India', () => {
  expect(ageWords('2026-11-22T14:05:00+05:30', '2026-11-22')).toBe('today 14:05 IST');
  expect(ageWords('2026-11-21T23:59:00+05:30', '2026-11-22')).toBe('yesterday');
  expect(ageWords('2026-11-12T00:01:00+05:30', '2026-11-22')).toBe('10 days ago');
});
