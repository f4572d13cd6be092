// The parts of the rule library: rules by state, what the firm sets beside them, and the registers.
import { LinkTabs } from '@/components/LinkTabs';
import type { RuleSearch } from './search';
import { STATE_TABS } from './words';

type Counts = Record<(typeof STATE_TABS)[number]['count'], number>;
type Props = { current: string; search?: RuleSearch; counts?: Counts };

export function LibraryTabs({ current, search = {}, counts }: Props) {
  return (
    <LinkTabs
      label="Parts of the library"
      current={current}
      items={[
        ...STATE_TABS.map(({ key, title, count }) => ({
          key,
          title,
          count: counts?.[count],
          to: '/rules',
          search: { ...search, state: key === 'all' ? undefined : key, page: undefined },
        })),
        { key: 'firm', title: 'Your firm', to: '/rules/firm' },
        { key: 'registers', title: 'Registers', to: '/rules/registers' },
      ]}
    />
  );
}
