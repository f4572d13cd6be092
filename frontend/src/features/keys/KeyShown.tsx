// The secret of a key, shown this once.
import { Button, Modal } from '@mantine/core';
import classes from '@/features/team/Team.module.css';
import { done } from '@/lib/notify';

export default function KeyShown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    done('Key copied.');
  };
  return (
    <Modal opened onClose={onClose} title="Your new key" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="z-stack-lg">
        <p style={{ margin: 0 }}>
          Copy it now: we keep only its fingerprint and cannot show it again. Send it as{' '}
          <code>Authorization: Bearer …</code>
        </p>
        <span className={classes.link}>{secret}</span>
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={() => void copy()}>
            Copy the key
          </Button>
          <Button size="sm" onClick={onClose}>
            I have it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
