// Sign in over the page, so that typed text is kept. It cannot be closed: without a session nothing works.
import { Modal } from '@mantine/core';
import { SignInForm } from '@/features/auth/SignInForm';

export default function SignInDialog({ email, onDone }: { email: string; onDone: () => void }) {
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Sign in again to carry on"
    >
      <p className="z-2">Your session ended. Your text is kept.</p>
      <SignInForm email={email} onDone={onDone} />
    </Modal>
  );
}
