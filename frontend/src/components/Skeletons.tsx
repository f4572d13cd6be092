// Grey shapes in the final layout, only after 300 ms: a quick answer never flashes.
import { Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Page } from './Page';

/** Shows its children once 300 ms have passed. */
export function After300({ children }: { children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setDue(true), 300);
    return () => window.clearTimeout(timer);
  }, []);
  return due ? children : null;
}

/** Rows of a list or card. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <After300>
      <div aria-busy="true" role="status" aria-label="Loading">
        {Array.from({ length: rows }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows never move
          <div key={i} className="z-card-row">
            <Skeleton height={12} width={`${30 + ((i * 17) % 40)}%`} />
            <Skeleton height={12} width="12%" ml="auto" />
          </div>
        ))}
      </div>
    </After300>
  );
}

/** A page of cards while its first data comes. */
export function PageSkeleton() {
  return (
    <Page title="Loading" heading={<Skeleton height={20} width={220} aria-label="Loading" />}>
      <div className="z-stack-lg">
        <Skeleton height={80} radius="lg" />
        <Skeleton height={220} radius="lg" />
        <Skeleton height={220} radius="lg" />
      </div>
    </Page>
  );
}
