// Six digits of an authenticator app: one field, paste allowed, nothing sent by itself.
import { TextInput } from '@mantine/core';

type Props = {
  id: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  label?: string;
  description?: string;
  autoFocus?: boolean;
};

export function CodeInput({ label = 'Code that the app shows', onChange, ...rest }: Props) {
  return (
    <TextInput
      {...rest}
      label={label}
      name="one-time-code"
      autoComplete="one-time-code"
      inputMode="text"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={64}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus={rest.autoFocus || undefined}
    />
  );
}
