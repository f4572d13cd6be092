// What the plan lacks, which one has it, and who may change it.
import { Button, Modal } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PlanRefusal } from '@/api/client';
import { usersQuery } from '@/api/queries';
import { useMe } from './me';

type Props = { refused: PlanRefusal; onClose: () => void };

export default function UpgradeDialog({ refused, onClose }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const manages = me.permissions.includes('licence.manage');
  const users = useQuery({ ...usersQuery(), enabled: !manages && me.permissions.includes('users.view') });
  const admin = users.data?.items.find((user) => user.role === 'admin' && user.active);
  const see = () => {
    onClose();
    void navigate({ to: '/settings/licence' });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={refused.unlockedBy ? `On ${refused.unlockedBy}` : 'Not in your plan'}
    >
      <div className="z-stack">
        <p className="z-row" style={{ margin: 0, gap: 8, display: 'flex' }}>
          <IconLock size={16} aria-hidden="true" style={{ flex: 'none', marginTop: 2 }} />
          <span>{refused.message}</span>
        </p>
        {!manages && (
          <p className="z-2" style={{ margin: 0 }}>
            {admin
              ? `Ask ${admin.displayName}, who may change the plan.`
              : 'An administrator of your firm may change it.'}
          </p>
        )}
        <div className="z-row-wrap">
          <Button onClick={see}>See plans</Button>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Modal>
  );
}
