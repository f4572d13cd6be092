// One import: match columns, see every error, take the annotated copy, write, follow, undo.
import { Button } from '@mantine/core';
import { IconDownload, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { importQuery } from '@/api/queries';
import type { Import } from '@/api/types';
import { PageError } from '@/components/ErrorCard';
import { NotFound } from '@/components/NotFound';
import { Page } from '@/components/Page';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { StateBadge } from '@/components/StatusBadge';
import { useRefreshClient } from '@/features/clients/useClientChange';
import { formatCount, formatInstant } from '@/lib/format';
import { CommitBar } from './CommitBar';
import classes from './Imports.module.css';
import { IssuesTable } from './IssuesTable';
import { importLook } from './look';
import { MappingTable } from './MappingTable';
import { Outcome } from './Outcome';
import { Steps } from './Steps';

const route = getRouteApi('/_app/imports/$importId');

export function ImportPage() {
  const id = Number(route.useParams().importId);
  const { data, error, refetch } = useQuery({ ...importQuery(id), enabled: Number.isInteger(id) });
  const refresh = useRefreshClient(0);
  const before = useRef<Import['status'] | null>(null);
  useEffect(() => {
    if (before.current === 'committing' && data && data.status !== 'committing') refresh();
    before.current = data?.status ?? null;
  });
  if (!Number.isInteger(id)) return <NotFound />;
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  const step = data.status === 'checked' ? 1 : data.status === 'committing' ? 2 : 3;
  return (
    <Page
      title={data.fileName}
      crumbs={[
        { label: 'Clients', to: '/clients' },
        { label: 'Imports', to: '/imports' },
      ]}
      badge={<StateBadge look={importLook(data.status)} pill />}
      sub={`Uploaded by ${data.createdBy?.displayName ?? 'ZippCRM'}, ${formatInstant(data.createdAt)}`}
      actions={
        <>
          {data.issuesTotal > 0 && (
            <Button
              variant="default"
              component="a"
              href={`/api/imports/${data.id}/annotated`}
              download
              leftSection={<IconDownload size={14} />}
            >
              Download the copy with errors
            </Button>
          )}
          {data.status === 'checked' && (
            <Button variant="default" component={Link} to="/imports/new">
              Upload a corrected sheet
            </Button>
          )}
        </>
      }
    >
      <Steps at={step} />
      {data.status !== 'checked' && <Outcome one={data} />}
      <Counts one={data} />
      {data.notes.length > 0 && (
        <div className="z-notice" data-tone="info">
          <IconInfoCircle size={16} aria-hidden="true" />
          <div>
            {data.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
        </div>
      )}
      {data.status === 'checked' && <CommitBar one={data} />}
      <IssuesTable one={data} />
      {data.status === 'checked' && (
        <MappingTable key={JSON.stringify(data.columns.map((column) => column.field))} one={data} />
      )}
    </Page>
  );
}

function Counts({ one }: { one: Import }) {
  const { counts } = one;
  const written = one.status === 'done' || one.status === 'undone';
  const cells: [string, number][] = [
    ['rows in the sheet', counts.rows],
    [written ? 'created' : 'to create', written ? counts.created : counts.toCreate],
    [written ? 'updated' : 'to update', written ? counts.updated : counts.toUpdate],
    ['unchanged', counts.unchanged],
    ['with errors', counts.withErrors],
  ];
  return (
    <div className={classes.counts}>
      {cells.map(([label, count]) => (
        <div key={label} className={classes.count}>
          <b className={label === 'with errors' && count > 0 ? 'z-late' : undefined}>{formatCount(count)}</b>
          <span>{label}</span>
        </div>
      ))}
    </div>
  );
}
