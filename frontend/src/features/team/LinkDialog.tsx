// The link of an invitation, shown this once, to be given by hand when mail is slow.
import { Button, Modal } from '@mantine/core';
import type { Invitation } from '@/api/types';
import { formatInstant } from '@/lib/format';
import { done } from '@/lib/notify';
import classes from './Team.module.css';

export default function LinkDialog({
  link,
  invitation,
  onClose,
}: {
  link: string;
  invitation: Invitation;
  onClose: () => void;
}) {
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    done('Link copied.');
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${invitation.displayName} is invited`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="z-stack-lg">
        <p style={{ margin: 0 }}>
          A mail to {invitation.email} is queued. You can also give this link by hand. It works once, until{' '}
          {formatInstant(invitation.expiresAt)}, and we show it only now.
        </p>
        <span className={classes.link}>{link}</span>
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={() => void copy()}>
            Copy the link
          </Button>
          <Button size="sm" onClick={onClose} data-autofocus>
            Close
          </Button>
        </div>
      </div>
    </Modal>
  );
}
