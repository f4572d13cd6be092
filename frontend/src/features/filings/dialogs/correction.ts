// A change to a filing that came back, as its dialogs take it.
import type { ReactNode } from 'react';
import type { Kept } from '@/components/Corrected';

/** What was proposed; `notice` says what the checker wrote. */
export type Correction = {
  notice: ReactNode;
  target?: string | null;
  state?: {
    to: string;
    on?: string | null;
    acknowledgement?: string | null;
    exception?: string | null;
    nil?: boolean;
    reason?: string;
  };
};

/** The part of a kept change that is about this filing. */
export function correctionOf(kept: Kept | null, id: number, notice: ReactNode): Correction {
  const forms = (kept?.filings ?? []) as { id: number; target_due?: string | null; state?: Correction['state'] }[];
  const mine = forms.find((form) => form.id === id);
  return mine ? { notice, target: mine.target_due, state: mine.state } : { notice: null };
}
