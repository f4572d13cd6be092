// Choose clients by typing a part of their name; the server searches.
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsQuery } from '@/api/queries';
import { MultiChoice } from '@/components/MultiChoice';
import classes from './Relaxations.module.css';

type Choice = { value: string; label: string };
type Props = { id: string | undefined; value: Choice[]; onChange: (value: Choice[]) => void; error?: string };

export function ClientChooser({ id, value, onChange, error }: Props) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const found = useQuery(clientsQuery({ q, perPage: 20 }));
  const options = (found.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.clientName }));
  // What was chosen stays among the options, whatever is typed next.
  const known = new Map([...value, ...options].map((one) => [one.value, one]));
  return (
    <MultiChoice
      classNames={{ pill: classes.pill }}
      id={id}
      label="Clients"
      placeholder={value.length ? undefined : 'Type a name'}
      data={[...known.values()]}
      value={value.map((one) => one.value)}
      error={error}
      onChange={(next) => onChange(next.flatMap((key) => known.get(key) ?? []))}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      searchable
      nothingFoundMessage={found.isFetching ? 'Searching' : 'No client by that name'}
    />
  );
}
