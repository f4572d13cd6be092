// Where you are signed in, and a way to end each.
import { Button } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { sessionsQuery } from '@/api/queries';
import { ErrorCard } from '@/components/ErrorCard';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatInstant } from '@/lib/format';
import { done, failed } from '@/lib/notify';

/** "Chrome on Linux" from a user-agent string; the string itself when it says nothing we know. */
export function deviceOf(agent: string | null | undefined): string {
  if (!agent) return 'Unknown device';
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrom(e|ium)\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : null;
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : null;
  return browser ? [browser, system].filter(Boolean).join(' on ') : agent.slice(0, 60);
}

export function SessionsCard() {
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery());
  const end = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      done('Session ended.');
      void queryClient.invalidateQueries({ queryKey: sessionsQuery().queryKey });
    },
    onError: failed,
  });
  return (
    <section className="z-card" aria-labelledby="sessions">
      <header>
        <h2 id="sessions">Where you are signed in</h2>
      </header>
      {error && !data ? (
        <div className="z-card-body">
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <RowsSkeleton rows={2} />
      ) : (
        <ul>
          {data.items.map((one) => (
            <li key={one.id} className="z-card-row">
              <IconDeviceDesktop size={16} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
              <span className="z-grow">
                <span className="z-strong">{deviceOf(one.userAgent)}</span>
                <span className="z-2 z-small" style={{ display: 'block' }}>
                  {[one.address, `last used ${formatInstant(one.lastSeenAt)}`].filter(Boolean).join(', ')}
                </span>
              </span>
              {one.current ? (
                <span className="z-2">This one</span>
              ) : (
                <Button
                  variant="default"
                  aria-label={`End the session ${deviceOf(one.userAgent)}, last used ${formatInstant(one.lastSeenAt)}`}
                  onClick={() => end.mutate(one.id)}
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
