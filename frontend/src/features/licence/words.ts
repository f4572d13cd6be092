// How a licence is said.
import type { Claims, PlanInfo } from '@/api/types';
import { formatMoney } from '@/lib/format';

const SOURCES: Record<string, string> = {
  evaluation: 'Evaluation',
  plan: 'Assigned plan',
  key: 'Licence key',
  bundle: 'Licence file, no internet needed',
};

export function sourceWords(claims: Claims): string {
  return SOURCES[claims.source] ?? claims.source;
}

/** "₹99 a month", or that it is quoted. */
export function priceWords(plan: PlanInfo): string {
  if (plan.amount === null || plan.amount === undefined) {
    return plan.unit === 'seat' ? `Quoted per seat and ${plan.period}` : 'Quoted';
  }
  if (Number(plan.amount) === 0) return 'Free, no card needed';
  const whole = plan.amount.endsWith('.00');
  return `${formatMoney(plan.amount, { whole })} a ${plan.period}${plan.unit === 'seat' ? ' and seat' : ''}, GST extra`;
}
