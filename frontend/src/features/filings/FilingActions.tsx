// The buttons of a filing, on its page and beside the list.
import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { FilingDetail } from '@/api/types';
import { useCan } from '@/app/me';
import { WriteButton } from '@/components/WriteButton';
import { isOpen } from '@/lib/status';
import type { DialogKind } from './FilingPage';

const MoreMenu = lazy(() => import('./MoreMenu'));

export function FilingActions({ filing, onOpen }: { filing: FilingDetail; onOpen: (dialog: DialogKind) => void }) {
  const can = useCan();
  const open = isOpen(filing.status);
  return (
    <>
      {can('filings.edit') && (
        <WriteButton variant="default" title="Assign (a)" onClick={() => onOpen('assign')}>
          {filing.assignee ? 'Reassign' : 'Assign'}
        </WriteButton>
      )}
      {open && can('filings.file') && (
        <Button title="Mark as filed (m)" onClick={() => onOpen('filed')}>
          Mark as filed
        </Button>
      )}
      <Suspense fallback={null}>
        <MoreMenu filing={filing} onOpen={onOpen} />
      </Suspense>
    </>
  );
}
