// The dialogs of a filing, in one chunk that loads with the first of them.
import type { FilingDetail } from '@/api/types';
import type { DialogKind } from '../FilingPage';
import { AssignDialog } from './AssignDialog';
import { CloseDialog } from './CloseDialog';
import { FiledDialog } from './FiledDialog';
import { ReopenDialog } from './ReopenDialog';
import { TargetDialog } from './TargetDialog';

type Props = { dialog: DialogKind; filing: FilingDetail; today: string; onClose: () => void };

export default function FilingDialogs({ dialog, filing, today, onClose }: Props) {
  if (dialog === 'filed') return <FiledDialog filing={filing} today={today} onClose={onClose} />;
  if (dialog === 'assign') return <AssignDialog filing={filing} onClose={onClose} />;
  if (dialog === 'target') return <TargetDialog filing={filing} today={today} onClose={onClose} />;
  if (dialog === 'reopen') return <ReopenDialog filing={filing} onClose={onClose} />;
  return <CloseDialog filing={filing} kind={dialog} onClose={onClose} />;
}
