// One's own links: what each shows, when it was last fetched, a new link, the end. Who manages people ends anybody's.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/api/client';
import { feedsQuery, usersQuery } from '@/api/queries';
import type { Feed, MadeFeed } from '@/api/types';
import { useCan, useMe } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { formatInstant } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import { wordsOf } from './scope';

type Asking = { id: number; what: 'renew' | 'end' };

export function FeedList({ onMade }: { onMade: (made: MadeFeed) => void }) {
  const queryClient = useQueryClient();
  const me = useMe();
  const manages = useCan()('users.manage');
  const [everyone, setEveryone] = useState(false);
  const { data, error, refetch } = useQuery(feedsQuery(everyone));
  const users = useQuery(usersQuery());
  const [asking, setAsking] = useState<Asking | null>(null);
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ['get', '/api/calendar/feeds'] });
  const end = useMutation({
    mutationFn: (id: number) => api.DELETE('/api/calendar/feeds/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      refresh();
      setAsking(null);
      done('The link has ended.');
    },
    onError: failed,
  });
  const renew = useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/calendar/feeds/{id}/link', { params: { path: { id } } })),
    onSuccess: (made) => {
      refresh();
      onMade(made);
    },
    onError: failed,
  });
  const nameOfPerson = (id: string) => {
    if (id === 'me') return 'mine';
    if (id === 'none') return 'nobody’s';
    return users.data?.items.find((user) => String(user.id) === id)?.displayName ?? `person ${id}`;
  };
  if (data?.items.length === 0 && !manages) return null;
  return (
    <section className="z-card" aria-labelledby="feeds">
      <header>
        <h3 id="feeds">{everyone ? 'Everybody’s links' : 'Your links'}</h3>
        {manages && (
          <Button variant="subtle" ml="auto" onClick={() => setEveryone(!everyone)}>
            {everyone ? 'Show only yours' : 'Show everybody’s'}
          </Button>
        )}
      </header>
      {error && !data ? (
        <div className="z-card-body">
          <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <RowsSkeleton rows={2} />
      ) : (
        <ul>
          {data.items.length === 0 && <li className="z-card-row z-2">No links.</li>}
          {data.items.map((feed) => (
            <li key={feed.id} className="z-card-row" style={{ flexWrap: 'wrap' }}>
              <span className="z-grow" style={{ minWidth: 200 }}>
                <span className="z-strong">{feed.name}</span>
                {everyone && <span className="z-2"> of {feed.owner.displayName}</span>}
                <span className="z-2 z-small" style={{ display: 'block' }}>
                  {wordsOf(feed, nameOfPerson)}
                </span>
                <span className="z-2 z-small" style={{ display: 'block' }}>
                  {fetched(feed)}
                </span>
              </span>
              {asking?.id === feed.id ? (
                <Confirm
                  asking={asking}
                  busy={end.isPending || renew.isPending}
                  onKeep={() => setAsking(null)}
                  onGo={() => (asking.what === 'end' ? end : renew).mutate(feed.id)}
                />
              ) : (
                <span className="z-row">
                  {feed.owner.id === me.user.id && (
                    <WriteButton
                      variant="default"
                      aria-label={`New link for ${feed.name}`}
                      onClick={() => setAsking({ id: feed.id, what: 'renew' })}
                    >
                      Make a new link
                    </WriteButton>
                  )}
                  <Button
                    variant="default"
                    aria-label={`End ${feed.name}`}
                    onClick={() => setAsking({ id: feed.id, what: 'end' })}
                  >
                    End
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Confirm({
  asking,
  busy,
  onKeep,
  onGo,
}: {
  asking: Asking;
  busy: boolean;
  onKeep: () => void;
  onGo: () => void;
}) {
  const ends = asking.what === 'end';
  return (
    <span className="z-row-wrap">
      <span className="z-2 z-small">{ends ? 'Calendars lose it at once.' : 'The old link stops at once.'}</span>
      <Button variant="default" onClick={onKeep} autoFocus>
        Keep
      </Button>
      <Button color={ends ? 'red' : undefined} loading={busy} onClick={onGo}>
        {ends ? 'End the link' : 'Make a new link'}
      </Button>
    </span>
  );
}

function fetched(feed: Feed): string {
  return feed.fetchedAt ? `Last fetched ${formatInstant(feed.fetchedAt)}` : 'Not fetched yet';
}
