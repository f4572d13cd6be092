// A fact's value for people: rupees, grouped numbers, dates, words with a capital.
import type { Fact } from '@/api/types';
import { formatDate, formatMoney, humanise, moneyParts } from '@/lib/format';

/** The value in words; null when it is not known. */
export function factText(fact: Fact): string | null {
  const { value, kind, valueText } = fact;
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'number' && fact.unit === 'INR') return formatMoney(value, { whole: !/\.\d*[1-9]/.test(value) });
  if (kind === 'number') {
    const parts = moneyParts(value);
    const fraction = /\.(\d+)$/.exec(value)?.[1];
    return parts ? `${parts.sign}${parts.rupees}${fraction ? `.${fraction}` : ''}` : value;
  }
  if (kind === 'date') return formatDate(value);
  if (kind === 'one_of' || kind === 'set_of') return value.split(',').map(humanise).join(', ');
  return valueText || value;
}
