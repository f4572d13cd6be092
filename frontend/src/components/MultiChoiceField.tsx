// The heavy half of MultiChoice, a chunk of its own.
import { MultiSelect, type MultiSelectProps } from '@mantine/core';

export default function MultiChoiceField(props: MultiSelectProps<string>) {
  return <MultiSelect<string> {...props} />;
}
