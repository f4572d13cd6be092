// Choose a role: the fixed ones for people of the firm, then the firm's own.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '@/api/queries';
import { roleTitle } from '@/app/me';

/** "analyst", or "custom:7". */
export type RoleValue = string;

/** The value as the API takes it. */
export function postOf(value: RoleValue): { role: string; customRoleId?: number } {
  const [role, id] = value.split(':');
  return id ? { role: 'custom', customRoleId: Number(id) } : { role: role ?? value };
}

type Props = { id: string; value: RoleValue; onChange: (value: RoleValue) => void; error?: string };

export function RoleSelect({ id, value, onChange, error }: Props) {
  const { data } = useQuery(rolesQuery());
  const fixed = ['admin', 'principal_officer', 'checker', 'analyst', 'viewer'];
  const own = data?.items.filter((role) => role.id != null) ?? [];
  return (
    <NativeSelect
      id={id}
      label="Role"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      data={[
        ...fixed.map((role) => ({ value: role, label: roleTitle(role) })),
        ...own.map((role) => ({ value: `custom:${role.id}`, label: role.name ?? 'Own role' })),
      ]}
    />
  );
}
