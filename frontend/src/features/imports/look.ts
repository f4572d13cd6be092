// How an import's status looks: tone, shape and word.
import {
  IconArrowBackUp,
  IconChecklist,
  IconCircleCheckFilled,
  IconLoader,
  IconRefreshAlert,
} from '@tabler/icons-react';
import type { Import } from '@/api/types';
import { humanise } from '@/lib/format';
import type { StatusLook } from '@/lib/status';

const LOOKS: Record<string, StatusLook> = {
  checked: { tone: 'info', icon: IconChecklist, label: 'Checked, not written' },
  committing: { tone: 'review', icon: IconLoader, label: 'Writing' },
  done: { tone: 'success', icon: IconCircleCheckFilled, label: 'Done' },
  undone: { tone: 'neutral', icon: IconArrowBackUp, label: 'Undone' },
  failed: { tone: 'danger', icon: IconRefreshAlert, label: 'Failed' },
};

export function importLook(status: Import['status']): StatusLook {
  return LOOKS[status] ?? { tone: 'neutral', icon: IconChecklist, label: humanise(status) };
}
