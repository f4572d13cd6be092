// Who is signed in, for components inside the shell: permissions and the server's today.
import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '@/api/queries';
import type { Me } from '@/api/types';

/** The signed-in person. Inside the shell it is always loaded. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}

/** True when the signed-in person may do this. */
export function useCan(): (permission: string) => boolean {
  const me = useMe();
  return (permission) => me.permissions.includes(permission);
}

/** Whether single-key shortcuts are on; they are unless the person turned them off. */
export function keysOn(me: Me): boolean {
  return me.preferences.singleKeys ?? true;
}

const ROLES: Record<string, string> = {
  admin: 'Admin',
  principal_officer: 'Principal officer',
  checker: 'Checker',
  analyst: 'Analyst',
  viewer: 'Viewer',
  portal: 'Client portal',
};

/** The role's name for people. */
export function roleTitle(role: string | null | undefined): string {
  return ROLES[role ?? ''] ?? role ?? '';
}
