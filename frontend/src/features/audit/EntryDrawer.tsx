// One entry beside the list: who, what, from where, what changed, its hash, and the raw record.
import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { journalEntryQuery } from '@/api/queries';
import { ErrorCard } from '@/components/ErrorCard';
import { CopyText } from '@/components/Identifier';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatCount, formatDate, formatInstant, humanise, NONE } from '@/lib/format';
import classes from './Audit.module.css';
import { SubjectLink } from './SubjectLink';
import { actionWords, actorWords } from './words';

export default function EntryDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { data, error, refetch } = useQuery(journalEntryQuery(id));
  const [raw, setRaw] = useState(false);
  const entry = data?.entry;
  return (
    <Drawer
      opened
      onClose={onClose}
      size={560}
      title={`Entry ${formatCount(id)}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && !data ? (
        <ErrorCard error={error} what="The entry" onRetry={() => void refetch()} />
      ) : !data || !entry ? (
        <RowsSkeleton rows={6} />
      ) : (
        <div className="z-stack-lg">
          <p>
            <b className="z-strong">{actorWords(entry)}</b> {entry.text}
          </p>
          <dl className={classes.facts}>
            <dt>When</dt>
            <dd className="num">{formatInstant(entry.at)}</dd>
            <dt>Action</dt>
            <dd>{actionWords(entry.action)}</dd>
            <dt>Object</dt>
            <dd>
              <SubjectLink entry={entry} />
            </dd>
            <dt>From</dt>
            <dd className="mono">{entry.address ?? NONE}</dd>
            <dt>Request</dt>
            <dd className="mono">{entry.requestId}</dd>
            <dt>Sealed</dt>
            <dd>
              {entry.hash ? (
                <>
                  As number <span className="num">{formatCount(entry.leaf ?? 0)}</span>, with the hash{' '}
                  <span className="mono">{entry.hash}</span> <CopyText value={entry.hash} label="hash" />
                </>
              ) : (
                'Not yet; within half a minute'
              )}
            </dd>
          </dl>
          <Changes before={data.before} after={data.after} />
          <div>
            <Button variant="default" aria-expanded={raw} onClick={() => setRaw(!raw)}>
              {raw ? 'Hide the raw record' : 'Show the raw record'}
            </Button>
            {raw && (
              <textarea
                readOnly
                rows={14}
                className={`${classes.raw} mono`}
                aria-label="Raw record"
                value={JSON.stringify(data, null, 2)}
              />
            )}
          </div>
        </div>
      )}
    </Drawer>
  );
}

type Fields = Record<string, unknown> | null | undefined;

/** Field by field, before and after; fields that are the same are left out. */
function Changes({ before, after }: { before: Fields; after: Fields }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  if (names.length === 0) return null;
  return (
    <table className={classes.diff}>
      <caption className="z-hide">What changed</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{fieldWords(name)}</th>
            <td>{shown(before?.[name])}</td>
            <td>{shown(after?.[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "acknowledgementNo" as "Acknowledgement no". */
function fieldWords(name: string): string {
  return humanise(name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a}_${b.toLowerCase()}`));
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return NONE;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return formatDate(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
