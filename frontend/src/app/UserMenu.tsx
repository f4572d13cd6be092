// The menu under your name: profile, theme, sign out. Loaded when it is first wanted.
import { Menu } from '@mantine/core';
import {
  IconChecks,
  IconDeviceDesktop,
  IconKey,
  IconLicense,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCan, useMe } from './me';
import { useSavePreferences } from './preferences';
import { useSignOut } from './signOut';
import { UserButton } from './UserButton';

export default function UserMenu() {
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const save = useSavePreferences();
  const theme = me.preferences.theme;
  return (
    <Menu position="top-start" width={220} defaultOpened>
      <Menu.Target>
        <UserButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => navigate({ to: '/profile' })}>
          Profile and security
        </Menu.Item>
        {(can('users.manage') || can('roles.manage')) && (
          <Menu.Item
            leftSection={<IconUsers size={16} />}
            onClick={() => navigate({ to: can('users.manage') ? '/settings/users' : '/settings/roles' })}
          >
            Users and roles
          </Menu.Item>
        )}
        {can('api_keys.manage') && (
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => navigate({ to: '/settings/api-keys' })}>
            API keys
          </Menu.Item>
        )}
        {me.permissions.includes('approvals.view') && (
          <Menu.Item leftSection={<IconChecks size={16} />} onClick={() => navigate({ to: '/settings/approvals' })}>
            Approval levels
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLicense size={16} />} onClick={() => navigate({ to: '/settings/licence' })}>
          Licence & plan
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {(
          [
            ['light', 'Light', IconSun],
            ['dark', 'Dark', IconMoon],
            ['system', 'System', IconDeviceDesktop],
          ] as const
        ).map(([key, label, Icon]) => (
          <Menu.Item
            key={key}
            leftSection={<Icon size={16} />}
            onClick={() => save.mutate({ theme: key })}
            rightSection={theme === key ? '✓' : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
