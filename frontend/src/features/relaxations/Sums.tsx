// The figures of a relaxation, before it is carried out and after.
import type { RelaxationCounts } from '@/api/types';
import { formatCount } from '@/lib/format';
import classes from './Relaxations.module.css';

export function Sums({ counts }: { counts: RelaxationCounts }) {
  const rows: [number, string][] = [
    counts.freed > 0 && counts.extended === 0
      ? [counts.freed, 'filings free of the additional fee']
      : [counts.extended, 'filings move'],
    [counts.clients, counts.clients === 1 ? 'client' : 'clients'],
    [counts.onTimeAgain, 'on time again'],
    [counts.stillLate, 'late also after'],
  ];
  if (counts.filedOnTimeAgain > 0) rows.push([counts.filedOnTimeAgain, 'filed late, on time now']);
  return (
    <div className={classes.counts}>
      {rows.map(([count, words]) => (
        <div key={words} className={classes.count}>
          <b>{formatCount(count)}</b>
          <span>{words}</span>
        </div>
      ))}
    </div>
  );
}
