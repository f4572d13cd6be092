// The tabs of "Users and roles".
import { useCan } from '@/app/me';
import { LinkTabs } from '@/components/LinkTabs';

export function SettingsTabs({ current }: { current: 'people' | 'roles' }) {
  const can = useCan();
  const items = [
    ...(can('users.manage') ? [{ key: 'people', title: 'People', to: '/settings/users' }] : []),
    { key: 'roles', title: 'Roles', to: '/settings/roles' },
  ];
  return <LinkTabs label="Users and roles" items={items} current={current} />;
}
