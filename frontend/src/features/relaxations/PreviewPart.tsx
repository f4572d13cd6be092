// What the circular would do: sums, then filings before and after. The step to the real thing is at the bottom.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { RelaxationPreview } from '@/api/types';
import { DateCell } from '@/components/Cells';
import { Pager } from '@/components/Pager';
import { StatusBadge } from '@/components/StatusBadge';
import { formatCount, formatDate, plural, shortClientName } from '@/lib/format';
import classes from './Relaxations.module.css';
import { Sums } from './Sums';
import { staysBecause, stayWords } from './words';

export type Show = 'changes' | 'stays';

type Props = {
  preview: RelaxationPreview;
  show: Show;
  onShow: (show: Show, page: number) => void;
  busy: boolean;
  mayApply: boolean;
  onApply: () => void;
};

export default function PreviewPart({ preview, show, onShow, busy, mayApply, onApply }: Props) {
  const { counts } = preview;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const stays = counts.asLateAlready + counts.lateBefore + counts.noDate;
  const reasons = stayWords(counts);
  return (
    <section className="z-card" aria-labelledby="preview" aria-busy={busy}>
      <header>
        <h2 id="preview" tabIndex={-1} ref={head}>
          What changes
        </h2>
        <span className="z-2 z-small">Nothing is written yet.</span>
      </header>
      <Sums counts={counts} />
      {reasons.length > 0 && (
        <p className="z-card-body z-2" style={{ margin: 0 }}>
          Not touched: {reasons.join(', ')}.
        </p>
      )}
      {(counts.changed > 0 || stays > 0) && (
        <div className="z-card-body z-row">
          <Button
            variant={show === 'changes' ? 'light' : 'default'}
            aria-pressed={show === 'changes'}
            onClick={() => onShow('changes', 1)}
          >
            Changes {formatCount(counts.changed)}
          </Button>
          <Button
            variant={show === 'stays' ? 'light' : 'default'}
            aria-pressed={show === 'stays'}
            onClick={() => onShow('stays', 1)}
          >
            Open and unchanged {formatCount(stays)}
          </Button>
        </div>
      )}
      <div className={classes.scroll}>
        {preview.items.length > 0 && (
          <table className={classes.table}>
            <caption className="z-hide">Filings before and after</caption>
            <thead>
              <tr>
                <th scope="col">Client</th>
                <th scope="col">Return</th>
                <th scope="col" data-wide="">
                  Period
                </th>
                <th scope="col">Due now</th>
                <th scope="col">{show === 'changes' ? 'Due after' : 'Why it stays'}</th>
                <th scope="col" data-wide="">
                  Status after
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.items.map((row) => (
                <tr key={row.filingId}>
                  <td className="z-clip" title={row.clientName}>
                    {shortClientName(row.clientName)}
                  </td>
                  <td title={row.title}>
                    <Link
                      to="/filings/$filingId"
                      params={{ filingId: String(row.filingId) }}
                      className="z-strong z-nowrap"
                    >
                      {row.code}
                    </Link>
                  </td>
                  <td className="z-2 z-nowrap" data-wide="">
                    {row.periodLabel}
                  </td>
                  <td className="z-nowrap">
                    <DateCell date={row.oldDueOn} />
                    {row.awaited && row.oldDueOn && <span className="z-3"> expected</span>}
                  </td>
                  <td className="z-nowrap">
                    {row.outcome === 'extended' && (
                      <span className={classes.now}>
                        <DateCell date={row.newDueOn} />
                      </span>
                    )}
                    {row.outcome === 'freed' && `No additional fee until ${formatDate(row.freeUntil)}`}
                    {row.outcome === 'stays' && <span className="z-2">{staysBecause(row.staysBecause)}</span>}
                  </td>
                  <td data-wide="">{row.newStatus && <StatusBadge status={row.newStatus} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <div className="z-card-body z-between" style={{ flexWrap: 'wrap' }}>
        <span className="z-row">
          {preview.total > 0 && (
            <Pager
              page={preview.page}
              perPage={preview.perPage}
              total={preview.total}
              onPage={(page) => onShow(show, page)}
            />
          )}
        </span>
        {counts.changed === 0 ? (
          <span className="z-2">No filing would change. Check the periods, the clients and the new date.</span>
        ) : mayApply ? (
          <Button size="sm" onClick={onApply}>
            Carry it out on {plural(counts.changed, 'filing')}
          </Button>
        ) : (
          <span className="z-2">An admin or a principal officer carries it out.</span>
        )}
      </div>
    </section>
  );
}
