// Every status is a word, a shape that screen readers skip, and a tone.
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { FilingStatus } from '@/api/types';
import { filingStatuses } from '@/lib/status';
import { show } from '@/test/render';
import { StatusBadge, StatusGlyph } from './StatusBadge';

const words: Record<FilingStatus, string> = {
  awaiting_event: 'Awaiting event',
  upcoming: 'Due',
  due_soon: 'Due soon',
  due_today: 'Due today',
  overdue: 'Overdue',
  breached: 'Breached',
  in_review: 'In review',
  filed: 'Filed',
  filed_late: 'Filed late',
  waived: 'Waived',
  not_applicable: 'Not applicable',
};

it.each(Object.entries(words))('%s reads "%s"', async (status, word) => {
  await show(<StatusBadge status={status as FilingStatus} />);
  const badge = screen.getByText(word);
  expect(badge.getAttribute('data-tone')).toBe(filingStatuses[status as FilingStatus].tone);
  expect(badge.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
});

it('adds a detail, and keeps the word for screen readers where only the shape shows', async () => {
  await show(
    <>
      <StatusBadge status="overdue" pill detail="2 days late" />
      <StatusGlyph status="filed" />
    </>,
  );
  expect(screen.getByText('· 2 days late')).toBeTruthy();
  expect(screen.getByText('Filed').className).toBe('z-hide');
});

it('gives every status its own word', () => {
  const labels = Object.values(filingStatuses).map((look) => look.label);
  expect(new Set(labels).size).toBe(labels.length);
});
