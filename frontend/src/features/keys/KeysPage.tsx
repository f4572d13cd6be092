// Keys with which programs use the API: what each may do, when it ends, when it was last used.
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { api, unwrap } from '@/api/client';
import { keysQuery } from '@/api/queries';
import { useDialog } from '@/app/dialog';
import { useCan } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { NoRight } from '@/components/NoRight';
import { Page } from '@/components/Page';
import { PendingOfAction } from '@/components/PendingNotice';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { formatInstant, plural } from '@/lib/format';
import { done, failed } from '@/lib/notify';

const KeyDialog = lazy(() => import('./KeyDialog'));
const KeyShown = lazy(() => import('./KeyShown'));

const WORDS: Record<string, string> = {
  to_collect: 'Approved, not collected yet',
  active: 'Active',
  expired: 'Expired',
  revoked: 'Revoked',
};

export function KeysPage() {
  const queryClient = useQueryClient();
  const may = useCan()('api_keys.manage');
  const { data, error, refetch } = useQuery({ ...keysQuery(), enabled: may });
  const dialog = useDialog();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: keysQuery().queryKey });
  const collect = useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/api-keys/{id}/secret', { params: { path: { id } } })),
    onSuccess: refresh,
    onError: failed,
  });
  const revoke = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/api-keys/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      done('Key revoked. It stopped working.');
      refresh();
    },
    onError: failed,
  });
  return (
    <Page
      title="API keys"
      crumbs={[{ label: 'Settings' }]}
      sub="A key lets a program act for you, within what you may do."
      actions={
        may && (
          <WriteButton needs={{ feature: 'api_access', title: 'API access' }} onClick={() => dialog.open('new')}>
            New key
          </WriteButton>
        )
      }
    >
      {may && <PendingOfAction action="api_keys.create" />}
      {!may ? (
        <NoRight what="make keys for programs" />
      ) : error && !data ? (
        <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
      ) : (
        <section className="z-card" aria-label="API keys">
          {!data ? (
            <RowsSkeleton rows={3} />
          ) : data.items.length === 0 ? (
            <EmptyNote icon={IconKey} text="No keys. A program sends its key as Authorization: Bearer zk_…" />
          ) : (
            <ul>
              {data.items.map((key) => (
                <li key={key.id} className="z-card-row">
                  <span className="z-grow">
                    <span className="z-strong">{key.name}</span>{' '}
                    <span className="z-2" style={{ fontFamily: 'var(--mantine-font-family-monospace)' }}>
                      {key.prefix && `${key.prefix}…`}
                    </span>
                    <span className="z-2 z-small" style={{ display: 'block' }}>
                      {[
                        WORDS[key.status] ?? key.status,
                        `acts for ${key.ownerName}`,
                        plural(key.permissions.length, 'permission'),
                        key.status === 'active' ? `ends ${formatInstant(key.expiresAt)}` : null,
                        key.collectUntil ? `to be collected until ${formatInstant(key.collectUntil)}` : null,
                        key.lastUsedAt ? `last used ${formatInstant(key.lastUsedAt)}` : 'never used',
                      ]
                        .filter(Boolean)
                        .join(', ')}
                    </span>
                  </span>
                  {key.collectUntil && (
                    <Button
                      aria-label={`Collect the key ${key.name}`}
                      loading={collect.isPending}
                      onClick={() => collect.mutate(key.id)}
                    >
                      Collect key
                    </Button>
                  )}
                  {(key.status === 'active' || key.status === 'to_collect') && (
                    <Button variant="default" aria-label={`Revoke ${key.name}`} onClick={() => revoke.mutate(key.id)}>
                      Revoke
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      <Suspense fallback={null}>
        {collect.data && <KeyShown secret={collect.data.key} onClose={() => collect.reset()} />}
        {may && dialog.name === 'new' && (
          <KeyDialog
            onClose={() => {
              dialog.close();
              refresh();
            }}
          />
        )}
      </Suspense>
    </Page>
  );
}
