// A word to whoever approves the change, in forms whose change may have to wait.
import { Textarea } from '@mantine/core';

type Props = { id: string; value: string; onChange: (value: string) => void; error?: string; description?: string };

export function ApprovalNote({ id, value, onChange, error, description }: Props) {
  return (
    <Textarea
      id={id}
      label="Note for whoever approves it (optional)"
      description={description}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={2000}
      autosize
    />
  );
}

/** As the server takes it. */
export const noteOf = (text: string) => (text.trim() ? { approvalNote: text.trim() } : {});
