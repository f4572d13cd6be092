// The dialogs of a filing, in one chunk that loads with the first of them.
import type { ReactNode } from 'react';
import type { FilingDetail, PortalProblem } from '@/api/types';
import { Corrected } from '@/components/Corrected';
import type { DialogKind } from '../FilingPage';
import { AssignDialog } from './AssignDialog';
import { CloseDialog } from './CloseDialog';
import { type Correction, correctionOf } from './correction';
import { FiledDialog } from './FiledDialog';
import { HandOverDialog } from './HandOverDialog';
import { PortalProblemDialog } from './PortalProblemDialog';
import { ReopenDialog } from './ReopenDialog';
import { StrikeDialog } from './StrikeDialog';
import { TargetDialog } from './TargetDialog';

type Props = {
  dialog: DialogKind;
  filing: FilingDetail;
  today: string;
  /** The entry to strike through. */
  entry?: PortalProblem | null;
  onClose: () => void;
};

export default function FilingDialogs({ dialog, filing, today, entry, onClose }: Props) {
  const corrected = (form: (correction: Correction) => ReactNode) => (
    <Corrected on={`filing:${filing.id}`} command="change_filings">
      {(kept, notice) => form(correctionOf(kept, filing.id, notice))}
    </Corrected>
  );
  if (dialog === 'filed')
    return corrected((was) => <FiledDialog filing={filing} today={today} was={was} onClose={onClose} />);
  if (dialog === 'assign') return <AssignDialog filing={filing} onClose={onClose} />;
  if (dialog === 'target')
    return corrected((was) => <TargetDialog filing={filing} today={today} was={was} onClose={onClose} />);
  if (dialog === 'reopen') return <ReopenDialog filing={filing} onClose={onClose} />;
  if (dialog === 'hand_over') return <HandOverDialog filing={filing} onClose={onClose} />;
  if (dialog === 'portal') return <PortalProblemDialog filing={filing} today={today} onClose={onClose} />;
  if (dialog === 'strike') return entry ? <StrikeDialog filing={filing} entry={entry} onClose={onClose} /> : null;
  return corrected((was) => <CloseDialog filing={filing} kind={dialog} was={was} onClose={onClose} />);
}
