// Every role and what it allows; the firm's own can be made, changed and deleted.
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api } from '@/api/client';
import { rolesQuery } from '@/api/queries';
import type { RoleItem } from '@/api/types';
import { roleTitle, useCan } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { RowsSkeleton } from '@/components/Skeletons';
import { plural } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import { SettingsTabs } from './SettingsTabs';
import classes from './Team.module.css';

const RoleForm = lazy(() => import('./RoleForm'));

export function RolesPage() {
  const can = useCan();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(rolesQuery());
  const [editing, setEditing] = useState<RoleItem | 'new' | null>(null);
  const remove = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/roles/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      done('Role deleted.');
      void queryClient.invalidateQueries({ queryKey: rolesQuery().queryKey });
    },
    onError: failed,
  });
  const own = data?.items.filter((role) => role.id != null) ?? [];
  return (
    <Page
      title="Roles"
      crumbs={[{ label: 'Settings' }]}
      actions={can('roles.manage') && <Button onClick={() => setEditing('new')}>New role</Button>}
    >
      <SettingsTabs current="roles" />
      {error && !data ? (
        <ErrorCard error={error} what="The roles" onRetry={() => void refetch()} />
      ) : !data ? (
        <section className="z-card" aria-label="Roles">
          <RowsSkeleton rows={8} />
        </section>
      ) : (
        <div className="z-stack-lg">
          {own.length > 0 && (
            <section className="z-card" aria-labelledby="own-roles">
              <header>
                <h2 id="own-roles">Your own roles</h2>
              </header>
              <ul>
                {own.map((role) => (
                  <li key={role.id} className="z-card-row">
                    <span className="z-grow">
                      <span className="z-strong">{role.name}</span>
                      <span className="z-2 z-small" style={{ display: 'block' }}>
                        {plural(role.permissions.length, 'permission')}, in use {plural(role.inUse ?? 0, 'time')}
                      </span>
                    </span>
                    {can('roles.manage') && (
                      <>
                        <Button variant="default" aria-label={`Change ${role.name}`} onClick={() => setEditing(role)}>
                          Change
                        </Button>
                        <Button
                          variant="default"
                          aria-label={`Delete ${role.name}`}
                          onClick={() => role.id != null && remove.mutate(role.id)}
                        >
                          Delete
                        </Button>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section className="z-card" aria-labelledby="matrix">
            <header>
              <h2 id="matrix">Who may do what</h2>
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways by keyboard */}
            <section className={classes.scroll} tabIndex={0} aria-label="Permissions by role">
              <table className={classes.matrix}>
                <caption className="z-hide">Permissions by role</caption>
                <thead>
                  <tr>
                    <th scope="col">Permission</th>
                    {data.items.map((role) => (
                      <th scope="col" key={role.id ?? role.role}>
                        {role.name ?? roleTitle(role.role)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.permissions.map((permission) => (
                    <tr key={permission.name}>
                      <th scope="row">{permission.title}</th>
                      {data.items.map((role) => (
                        <td key={role.id ?? role.role}>
                          {role.permissions.includes(permission.name) ? (
                            <>
                              <IconCheck size={16} aria-hidden="true" />
                              <span className="z-hide">yes</span>
                            </>
                          ) : (
                            <span className="z-3">
                              <span aria-hidden="true">–</span>
                              <span className="z-hide">no</span>
                            </span>
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </section>
        </div>
      )}
      <Suspense fallback={null}>
        {editing && data && (
          <RoleForm
            role={editing === 'new' ? null : editing}
            permissions={data.permissions}
            onClose={() => setEditing(null)}
          />
        )}
      </Suspense>
    </Page>
  );
}
