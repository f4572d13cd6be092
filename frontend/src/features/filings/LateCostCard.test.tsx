// The cost of being late reads as a sentence, before the due date and after it.
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { LateCost, LateLine } from '@/api/types';
import { lateLineTitle } from '@/lib/lateWords';
import { LateCostCard } from './LateCostCard';

const penalty: LateLine = {
  kind: 'penalty',
  quantum: 'range',
  fallsOn: 'client',
  text: 'At least ₹1,00,000, up to ₹1,00,000 a day, at most ₹1,00,00,000',
  section: 'SEBI Act 1992, s.15A(b)',
  confidence: 'V',
  note: '',
  amount: '0',
  least: null,
  capped: false,
  counted: true,
};

const cost: LateCost = {
  dueOn: '2026-10-15',
  asOf: '2026-10-14',
  days: 0,
  currency: 'INR',
  fee: '0',
  exposure: '0',
  total: '0',
  perDay: '100000',
  dates: [
    { days: 1, on: '2026-10-16', amount: '100000', cap: false },
    { days: 100, on: '2027-01-23', amount: '10000000', cap: true },
  ],
  lines: [penalty],
  unknownFacts: [],
  needsReview: false,
};

function show(value: LateCost, open = true) {
  return render(
    <MantineProvider>
      <LateCostCard cost={value} open={open} />
    </MantineProvider>,
  );
}

test('before the due date it says what a day costs and from when', () => {
  show(cost);
  const card = screen.getByRole('region', { name: 'If this is filed late' });
  expect(card.textContent).toContain('₹1,00,000 a day at most, from 16 Oct');
  expect(card.textContent).toContain('23 Jan 2027100 days, cap₹1,00,00,000.00');
  expect(card.textContent).toContain('SEBI Act 1992, s.15A(b)');
});

test('once late it says what it comes to so far, the certain part apart', () => {
  show({ ...cost, days: 45, fee: '4500', exposure: '14400', total: '18900', perDay: '200' });
  const card = screen.getByRole('region', { name: 'Late: cost so far' });
  expect(card.textContent).toContain('₹18,900 at most, 45 days late');
  expect(card.textContent).toContain('Fee with the filing₹4,500.00');
  expect(card.textContent).toContain('Penalty, at most₹14,400.00');
});

test('what was filed on time costs nothing', () => {
  show(cost, false);
  expect(screen.getByRole('region', { name: 'Filed on time' }).textContent).toContain('Nothing was payable');
});

test('the lines open on demand, and say why one does not count', async () => {
  const officer = { ...penalty, fallsOn: 'officer', counted: false, section: 's.137(3)' };
  show({ ...cost, lines: [penalty, officer] });
  const button = screen.getByRole('button', { name: 'How this works' });
  expect(screen.queryByRole('listitem')).toBeNull();
  await userEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
  expect(screen.getAllByText(/falls on somebody else/)).toHaveLength(1);
  expect(lateLineTitle(officer)).toBe('Penalty on each officer in default');
});

test('a missing fact is named', () => {
  show({
    ...cost,
    perDay: '0',
    dates: [],
    lines: [{ ...penalty, kind: 'fee', amount: null, counted: false }],
    unknownFacts: [{ key: 'nominal_capital', title: 'Nominal (authorised) share capital' }],
  });
  expect(screen.getAllByText(/Not known for this client: Nominal/)).toHaveLength(1);
});
