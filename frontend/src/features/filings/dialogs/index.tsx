// The dialogs of a filing, in one chunk that loads with the first of them.
import type { FilingDetail, PortalProblem } from '@/api/types';
import type { DialogKind } from '../FilingPage';
import { AssignDialog } from './AssignDialog';
import { CloseDialog } from './CloseDialog';
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
  if (dialog === 'filed') return <FiledDialog filing={filing} today={today} onClose={onClose} />;
  if (dialog === 'assign') return <AssignDialog filing={filing} onClose={onClose} />;
  if (dialog === 'target') return <TargetDialog filing={filing} today={today} onClose={onClose} />;
  if (dialog === 'reopen') return <ReopenDialog filing={filing} onClose={onClose} />;
  if (dialog === 'hand_over') return <HandOverDialog filing={filing} onClose={onClose} />;
  if (dialog === 'portal') return <PortalProblemDialog filing={filing} today={today} onClose={onClose} />;
  if (dialog === 'strike') return entry ? <StrikeDialog filing={filing} entry={entry} onClose={onClose} /> : null;
  return <CloseDialog filing={filing} kind={dialog} onClose={onClose} />;
}
