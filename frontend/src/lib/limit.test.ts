import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { showLimit } from './limit';

const rows = readFileSync('../docs/limits.tsv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [string, string]);

describe('limits', () => {
  it('has the table of the server', () => expect(rows.length).toBeGreaterThan(5));
  it.each(rows)('%s reads as %s', (number, shown) => expect(showLimit(Number(number))).toBe(shown));
});
