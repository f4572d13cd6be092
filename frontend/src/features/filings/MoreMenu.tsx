// The rest of what can be done with a filing.
import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { FilingDetail } from '@/api/types';
import { useCan } from '@/app/me';
import { WriteItem } from '@/components/WriteItem';
import { failed } from '@/lib/notify';
import { isOpen } from '@/lib/status';
import type { DialogKind } from './FilingPage';
import { useFilingChange } from './useFilingChange';

export default function MoreMenu({ filing, onOpen }: { filing: FilingDetail; onOpen: (dialog: DialogKind) => void }) {
  const can = useCan();
  const open = isOpen(filing.status);
  const change = useFilingChange(filing, () => {});
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" aria-label="More actions" px={6}>
          <IconDots size={16} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {can('filings.edit') && open && (
          <WriteItem
            onClick={() => change.mutate({ status: filing.inReview ? 'open' : 'in_review' }, { onError: failed })}
          >
            {filing.inReview ? 'Take back from review' : 'Send for review'}
          </WriteItem>
        )}
        {can('filings.edit') && open && !filing.inReview && (
          <WriteItem onClick={() => onOpen('hand_over')}>Hand over: who has it now</WriteItem>
        )}
        {can('filings.edit') && <Menu.Item onClick={() => onOpen('portal')}>Portal not working?</Menu.Item>}
        {can('filings.edit') && open && (
          <WriteItem onClick={() => onOpen('target')}>Set internal target date</WriteItem>
        )}
        {can('filings.decide') && open && <WriteItem onClick={() => onOpen('waived')}>Waive, with a reason</WriteItem>}
        {can('filings.decide') && open && (
          <WriteItem onClick={() => onOpen('not_applicable')}>Not applicable, with a reason</WriteItem>
        )}
        {can('filings.decide') && !open && <WriteItem onClick={() => onOpen('reopen')}>Open again</WriteItem>}
        <Menu.Item onClick={() => window.print()}>Print</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
