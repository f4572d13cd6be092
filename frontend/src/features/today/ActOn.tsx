// The filings to act on, grouped: past due, today, tomorrow, this week. j and k move, Enter opens.
import { useMediaQuery } from '@mantine/hooks';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { Fragment, type KeyboardEvent, useRef, useState } from 'react';
import type { Filing, Today } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import { DueCell, LateCostCell } from '@/components/Cells';
import { EmptyNote } from '@/components/EmptyNote';
import { RegulatorTag } from '@/components/RegulatorTag';
import { StatusBadge } from '@/components/StatusBadge';
import { formatCount, shortClientName } from '@/lib/format';
import classes from './TodayPage.module.css';

export function ActOn({ groups, today }: { groups: Today['groups']; today: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const shown = groups.filter((group) => group.items.length > 0);
  const rows = shown.flatMap((group) => group.items);
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const [current, setCurrent] = useState(0);
  const body = useRef<HTMLTableElement>(null);

  const open = (filing: Filing | undefined) => {
    if (filing) void navigate({ to: '/filings/$filingId', params: { filingId: String(filing.id) } });
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setCurrent(next);
    const row = body.current?.querySelectorAll<HTMLElement>('[data-row]')[next];
    row?.focus();
  };
  const onRow = () => body.current?.contains(document.activeElement) ?? false;
  useHotkeys(
    { j: () => move(onRow() ? current + 1 : current), k: () => move(current - 1) },
    keysOn(me) && rows.length > 0,
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(current + 1);
    else if (event.key === 'ArrowUp') move(current - 1);
    else if (event.key === 'Enter' && (event.target as HTMLElement).tagName === 'TR') open(rows[current]);
    else return;
    event.preventDefault();
  };
  return (
    <section className="z-card" aria-labelledby="act-on">
      <header>
        <h2 id="act-on">Filings to act on</h2>
        <span className="z-2 num">{formatCount(total)}</span>
        <Link to="/filings" search={{}} className="z-strong" style={{ marginLeft: 'auto' }}>
          View all filings
        </Link>
      </header>
      {rows.length === 0 ? (
        <EmptyNote icon={IconCircleCheckFilled} text="Nothing is past due or due this week." />
      ) : narrow ? (
        shown.map((group) => (
          <div key={group.key}>
            <h3 className={classes.groupHead}>
              {group.title} <span className="num">{formatCount(group.total)}</span>
            </h3>
            {group.items.map((filing) => (
              <Link
                key={filing.id}
                to="/filings/$filingId"
                params={{ filingId: String(filing.id) }}
                className={classes.card}
              >
                <span className="z-between">
                  <span className="z-clip">
                    <span className="z-strong">{filing.code}</span> <span className="z-2">{filing.periodLabel}</span>
                  </span>
                  <StatusBadge status={filing.status} />
                </span>
                <span className="z-between z-2">
                  <span className="z-clip">{shortClientName(filing.clientName)}</span>
                  <DueCell filing={filing} today={today} compact />
                </span>
              </Link>
            ))}
          </div>
        ))
      ) : (
        <div style={{ overflowX: 'auto' }}>
          <table className={classes.table} ref={body} onKeyDown={onKeyDown}>
            <caption className="z-hide">Filings to act on, by due date</caption>
            <thead>
              <tr>
                <th scope="col">Filing</th>
                <th scope="col">Client</th>
                <th scope="col">Due</th>
                <th scope="col">Status</th>
                <th scope="col" className={classes.money}>
                  Late cost/day
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((group) => (
                <Fragment key={group.key}>
                  <tr>
                    <th scope="rowgroup" colSpan={5}>
                      {group.title} <span className="num">{formatCount(group.total)}</span>
                    </th>
                  </tr>
                  {group.items.map((filing) => {
                    const index = rows.indexOf(filing);
                    return (
                      <tr
                        key={filing.id}
                        data-row=""
                        className={classes.row}
                        data-current={index === current || undefined}
                        tabIndex={index === current ? 0 : -1}
                        onFocus={() => setCurrent(index)}
                        onClick={(event) => !(event.target as HTMLElement).closest('a') && open(filing)}
                      >
                        <td>
                          <span className="z-row">
                            <RegulatorTag tag={filing.regulator} />
                            <Link to="/filings/$filingId" params={{ filingId: String(filing.id) }} className="z-clip">
                              <span className="z-strong">{filing.code}</span>{' '}
                              <span className="z-2">{filing.periodLabel}</span>
                            </Link>
                          </span>
                        </td>
                        <td title={filing.clientName}>{shortClientName(filing.clientName)}</td>
                        <td>
                          <DueCell filing={filing} today={today} compact />
                        </td>
                        <td>
                          <StatusBadge status={filing.status} />
                        </td>
                        <td className={classes.money}>
                          <LateCostCell filing={filing} />
                        </td>
                      </tr>
                    );
                  })}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
