// Everything that happened to this client, page by page.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { timelineQuery } from '@/api/queries';
import { ErrorCard } from '@/components/ErrorCard';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { Timeline } from '@/components/Timeline';

export function TimelineTab({ clientId }: { clientId: number }) {
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useQuery(timelineQuery(clientId, page));
  if (error && !data) return <ErrorCard error={error} what="The timeline" onRetry={() => void refetch()} />;
  return (
    <section className="z-card" aria-labelledby="timeline">
      <header>
        <h2 id="timeline">Timeline</h2>
      </header>
      {!data ? (
        <RowsSkeleton rows={8} />
      ) : data.items.length === 0 ? (
        <p className="z-card-body z-2">Nothing has happened yet.</p>
      ) : (
        <>
          <Timeline
            entries={data.items.map((one) => ({
              key: String(one.id),
              at: one.at,
              actor: one.actor?.displayName ?? null,
              text: one.text,
            }))}
          />
          <div className="z-card-body z-between">
            <Pager page={page} perPage={data.perPage} total={data.total} onPage={setPage} />
          </div>
        </>
      )}
    </section>
  );
}
