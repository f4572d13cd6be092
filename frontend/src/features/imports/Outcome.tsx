// While rows are written: progress. Afterwards: what was done, and the way back.
import { Button, Progress } from '@mantine/core';
import { IconCircleCheckFilled, IconRefreshAlert } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Import } from '@/api/types';
import { formatCount, formatInstant, plural } from '@/lib/format';

const UndoImport = lazy(() => import('./UndoImport'));

export function Outcome({ one }: { one: Import }) {
  const { progress, counts, status } = one;
  if (status === 'committing') {
    const share = progress.total ? (100 * progress.done) / progress.total : 0;
    return (
      <section className="z-card" aria-label="Progress">
        <div className="z-card-body z-stack">
          <span role="status">
            Writing: {formatCount(progress.done)} of {formatCount(progress.total)} rows. You can leave this page.
          </span>
          <Progress value={share} aria-label="Rows written" />
        </div>
      </section>
    );
  }
  if (status === 'failed') {
    return (
      <div className="z-notice" data-tone="danger" role="alert">
        <IconRefreshAlert size={16} aria-hidden="true" />
        <p>
          The import stopped. Nothing of it was kept. Upload the sheet again; if it fails again, send us import {one.id}
          .
        </p>
      </div>
    );
  }
  return (
    <div className="z-notice" data-tone={status === 'undone' ? 'neutral' : 'success'}>
      <IconCircleCheckFilled size={16} aria-hidden="true" />
      <div className="z-grow">
        <p className="z-strong" role="status">
          {status === 'undone'
            ? `Undone on ${formatInstant(one.undoneAt)}.`
            : `${plural(counts.created, 'client')} created, ${formatCount(counts.updated)} updated, ${formatCount(counts.skipped)} left out.`}
        </p>
        <p>
          {status === 'undone'
            ? 'The clients it created are gone and those it changed are as before.'
            : 'Their filings are planned for the next 18 months.'}{' '}
          <Link to="/clients">Open clients</Link>
          {status !== 'undone' && (
            <>
              {' '}
              or <Link to="/filings">filings</Link>
            </>
          )}
        </p>
      </div>
      {one.canUndo && (
        <Suspense fallback={<Button variant="default">Undo this import</Button>}>
          <UndoImport one={one} />
        </Suspense>
      )}
    </div>
  );
}
