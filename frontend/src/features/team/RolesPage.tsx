// Every role and what it allows; the firm's own can be made, changed and deleted.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { api } from '@/api/client';
import { rolesQuery } from '@/api/queries';
import { useDialog } from '@/app/dialog';
import { useCan } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { PendingOfAction } from '@/components/PendingNotice';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { plural } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import { RoleMatrix } from './RoleMatrix';
import { SettingsTabs } from './SettingsTabs';
import classes from './Team.module.css';

const OWN_ROLES = { feature: 'custom_roles', title: 'Custom roles' };
const RoleForm = lazy(() => import('./RoleForm'));

export function RolesPage() {
  const can = useCan();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(rolesQuery());
  const dialog = useDialog();
  const remove = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/roles/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      done('Role deleted.');
      void queryClient.invalidateQueries({ queryKey: rolesQuery().queryKey });
    },
    onError: failed,
  });
  const own = data?.items.filter((role) => role.id != null) ?? [];
  const changing = own.find((role) => dialog.name === 'change' && String(role.id) === dialog.who);
  return (
    <Page
      title="Roles"
      flush
      crumbs={[{ label: 'Settings' }]}
      actions={
        can('roles.manage') && (
          <WriteButton needs={OWN_ROLES} onClick={() => dialog.open('new')}>
            New role
          </WriteButton>
        )
      }
    >
      <SettingsTabs current="roles" />
      <PendingOfAction action="access.change" />
      {error && !data ? (
        <div className={classes.below}>
          <ErrorCard error={error} what="The roles" onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <div className={classes.below}>
          <section className="z-card" aria-label="Roles">
            <RowsSkeleton rows={8} />
          </section>
        </div>
      ) : (
        <div className={classes.below}>
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
                        <WriteButton
                          needs={OWN_ROLES}
                          variant="default"
                          aria-label={`Change ${role.name}`}
                          onClick={() => dialog.open('change', role.id ?? undefined)}
                        >
                          Change
                        </WriteButton>
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
            <RoleMatrix roles={data.items} permissions={data.permissions} />
          </section>
        </div>
      )}
      <Suspense fallback={null}>
        {data && can('roles.manage') && (dialog.name === 'new' || changing) && (
          <RoleForm role={changing ?? null} permissions={data.permissions} onClose={dialog.close} />
        )}
      </Suspense>
    </Page>
  );
}
