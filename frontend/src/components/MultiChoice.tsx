// A field that takes several choices. Its list, its popover and their positioning come after the page, so that no first load carries them.
import { type MultiSelectProps, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';

const MultiChoiceField = lazy(() => import('./MultiChoiceField'));

export function MultiChoice(props: MultiSelectProps<string>) {
  const { label, description, error } = props;
  return (
    // The same height before and after: nothing below it moves.
    <Suspense fallback={<TextInput label={label} description={description} error={error} disabled />}>
      <MultiChoiceField {...props} />
    </Suspense>
  );
}
