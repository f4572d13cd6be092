// The filter row of the rule library.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { keysOn, useMe } from '@/app/me';
import { ChoiceFilter, FilterRow, QuickFilter } from '@/components/Filters';
import type { RuleSearch } from './search';
import { FREQUENCIES, GRADES, KINDS } from './words';

type Props = {
  search: RuleSearch;
  regulators: string[];
  onChange: (part: Partial<RuleSearch>) => void;
  filtered: boolean;
};

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const YES_NO = [
  { value: 'yes', label: 'Planned here' },
  { value: 'no', label: 'Not planned here' },
];

export default function RuleFilters({ search, regulators, onChange, filtered }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const some = (values: string[]) => (values.length ? values : undefined);
  const last = (values: string[]) => values.at(-1);
  return (
    <FilterRow>
      <QuickFilter
        value={search.q ?? ''}
        placeholder="Filter by code, name, law"
        keys={keysOn(me)}
        onChange={(q) => onChange({ q: q.trim() || undefined })}
      />
      <ChoiceFilter
        name="Regulator"
        options={regulators.map((value) => ({ value, label: value }))}
        values={search.regulator ?? []}
        onChange={(values) => onChange({ regulator: some(values) })}
      />
      <ChoiceFilter
        name="Kind"
        options={choices(KINDS)}
        values={search.kind ?? []}
        onChange={(values) => onChange({ kind: some(values) })}
      />
      <ChoiceFilter
        name="Frequency"
        options={choices(FREQUENCIES)}
        values={search.frequency ?? []}
        onChange={(values) => onChange({ frequency: some(values) })}
      />
      <ChoiceFilter
        name="Grade"
        options={GRADES}
        values={search.grade ?? []}
        onChange={(values) => onChange({ grade: some(values) })}
      />
      <ChoiceFilter
        name="Planned"
        options={YES_NO}
        values={search.tracked ? [search.tracked] : []}
        onChange={(values) => onChange({ tracked: last(values) })}
      />
      <ChoiceFilter
        name="Your setting"
        options={[{ value: 'yes', label: 'Changed by your firm' }]}
        values={search.own ? [search.own] : []}
        onChange={(values) => onChange({ own: last(values) })}
      />
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => void navigate({ to: '/rules', search: { state: search.state, sort: search.sort } })}
        >
          Clear
        </Button>
      )}
    </FilterRow>
  );
}
