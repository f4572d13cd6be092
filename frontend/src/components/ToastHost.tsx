// The toast container itself, in its own chunk.
import { Notifications } from '@mantine/notifications';

export default function ToastHost() {
  return <Notifications position="bottom-right" limit={3} autoClose={6_000} role="status" data-print="hide" />;
}
