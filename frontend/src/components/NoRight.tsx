// In place of what somebody may not see or do here: which right is missing, and who can give it.
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { usersQuery } from '@/api/queries';
import { roleTitle, useCan, useMe } from '@/app/me';
import { EmptyNote } from './EmptyNote';

/** `what`: "invite people or change their roles". */
export function NoRight({ what }: { what: string }) {
  const me = useMe();
  const can = useCan();
  const { data } = useQuery({ ...usersQuery(), enabled: can('users.view') });
  const admins = (data?.items ?? []).filter((one) => one.active && one.role === 'admin').map((one) => one.displayName);
  const whom = admins.length
    ? new Intl.ListFormat('en-IN', { type: 'disjunction' }).format(admins)
    : 'an administrator';
  const role = me.user.roleName ?? roleTitle(me.user.role);
  return <EmptyNote icon={IconLock} text={`Your role, ${role}, does not let you ${what}. Ask ${whom}.`} />;
}
