// Take the second factor of somebody who lost it.
import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Member } from '@/api/types';
import { FormSummary } from '@/components/FormSummary';
import { done } from '@/lib/notify';

export default function ResetDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const reset = useMutation({
    mutationFn: () => api.POST('/api/users/{id}/second-factor/reset', { params: { path: { id: member.id } } }),
    onSuccess: () => {
      done(`The second factor of ${member.displayName} is gone.`);
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Reset the second factor of ${member.displayName}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="z-stack-lg">
        <FormSummary error={reset.error} />
        <p style={{ margin: 0 }}>
          Make sure it is really them who ask. Their sessions end, their password alone lets them in, and whoever must
          have a second factor sets up a new one at once. They are told by mail, and the journal names you.
        </p>
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button size="sm" color="red" loading={reset.isPending} onClick={() => reset.mutate()}>
            Reset it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
