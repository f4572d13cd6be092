// One client to start from, found by typing; the server searches.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsQuery } from '@/api/queries';

type Props = { id: string; value: string | null; onChange: (id: string | null) => void };

export function ClientPicker({ id, value, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState(false);
  const [q] = useDebouncedValue(typed, 200);
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const asked = chosen && q === chosen.label ? '' : q;
  const found = useQuery({ ...clientsQuery({ q: asked || undefined, perPage: 20 }), enabled: wanted });
  const options = (found.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.clientName }));
  const known = new Map([...(chosen ? [chosen] : []), ...options].map((one) => [one.value, one]));
  return (
    <Select
      id={id}
      label="Start from a client"
      description="What is known about it fills what you leave empty below."
      placeholder="Type a name"
      data={[...known.values()]}
      value={value}
      onChange={(next) => {
        setChosen(next ? (known.get(next) ?? null) : null);
        onChange(next);
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      onDropdownOpen={() => setWanted(true)}
      filter={({ options: all }) => all}
      searchable
      clearable
      nothingFoundMessage={found.isFetching ? 'Searching' : 'No client by that name'}
    />
  );
}
