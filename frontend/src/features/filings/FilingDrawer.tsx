// One filing beside the list: summary, why this date, checklist, actions and what happened last. j and k change it.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconMaximize, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { filingQuery } from '@/api/queries';
import type { FilingDetail } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useCan, useMe } from '@/app/me';
import { useCanChange } from '@/app/writing';
import { DateCell, DueCell, None } from '@/components/Cells';
import { ErrorCard } from '@/components/ErrorCard';
import { RegulatorTag } from '@/components/RegulatorTag';
import { RowsSkeleton } from '@/components/Skeletons';
import { StatusBadge } from '@/components/StatusBadge';
import { Timeline } from '@/components/Timeline';
import { isOpen } from '@/lib/status';
import { Checklist } from './Checklist';
import { ClosureNotice } from './ClosureNotice';
import { FilingActions } from './FilingActions';
import classes from './FilingDrawer.module.css';
import type { DialogKind } from './FilingPage';
import { WhyCard } from './WhyCard';

const FilingDialogs = lazy(() => import('./dialogs'));

/** Entries of the history that are shown here; the page has all. */
const LATEST = 3;

type Props = { id: number; onClose: () => void; onMove: (by: 1 | -1) => void };

export default function FilingDrawer({ id, onClose, onMove }: Props) {
  const me = useMe();
  const can = useCan();
  const change = useCanChange();
  const navigate = useNavigate();
  const panel = useRef<HTMLElement>(null);
  const [dialog, setDialog] = useState<DialogKind | null>(null);
  const { data: filing, error, refetch } = useQuery(filingQuery(id));
  const open = filing ? isOpen(filing.status) : false;
  // Focus comes in when it opens and goes back to the row when it closes; changing the record moves nothing.
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[aria-modal="true"], [role="menu"], [role="listbox"]')) return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  const page = () => void navigate({ to: '/filings/$filingId', params: { filingId: String(id) } });
  useHotkeys(
    {
      '[': () => onMove(-1),
      ']': () => onMove(1),
      ...(open && can('filings.file') ? { m: () => setDialog('filed') } : {}),
      ...(filing && change('filings.edit') ? { a: () => setDialog('assign') } : {}),
    },
    keysOn(me),
  );
  const name = filing ? `${filing.code} ${filing.periodLabel}` : 'Filing';
  return (
    <aside
      ref={panel}
      className={classes.drawer}
      aria-label={`Beside the list: ${name}`}
      tabIndex={-1}
      data-print="hide"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.shiftKey) return;
        event.preventDefault();
        page();
      }}
    >
      <div className={classes.head}>
        <span className="z-grow z-clip">
          <span className="z-strong">{name}</span>
        </span>
        <ActionIcon aria-label="Previous in the list" title="Previous (k)" onClick={() => onMove(-1)}>
          <IconArrowUp size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label="Next in the list" title="Next (j)" onClick={() => onMove(1)}>
          <IconArrowDown size={16} stroke={1.6} />
        </ActionIcon>
        <Button
          variant="default"
          leftSection={<IconMaximize size={14} />}
          title="Open full page (Shift+Enter)"
          onClick={page}
        >
          Open full page
        </Button>
        <ActionIcon aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={classes.body} aria-live="polite" aria-busy={!filing && !error}>
        {error && !filing ? (
          <ErrorCard error={error} what="The filing" onRetry={() => void refetch()} />
        ) : filing ? (
          <Summary key={filing.id} filing={filing} today={me.today} onOpen={setDialog} />
        ) : (
          <RowsSkeleton rows={6} />
        )}
      </div>
      {dialog && filing && (
        <Suspense fallback={null}>
          <FilingDialogs dialog={dialog} filing={filing} today={me.today} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </aside>
  );
}

type SummaryProps = { filing: FilingDetail; today: string; onOpen: (dialog: DialogKind) => void };

function Summary({ filing, today, onOpen }: SummaryProps) {
  const last = filing.timeline
    .slice(0, LATEST)
    .map((one) => ({ key: String(one.id), at: one.at, actor: one.actor?.displayName ?? null, text: one.text }));
  return (
    <>
      <div className="z-stack">
        <div className="z-between">
          <h2 className={classes.title}>{filing.title}</h2>
          <StatusBadge status={filing.status} pill />
        </div>
        <div className="z-row-wrap z-2">
          <RegulatorTag tag={filing.regulator} />
          <Link to="/clients/$clientId/{-$tab}" params={{ clientId: String(filing.clientId) }} className="z-strong">
            {filing.clientName}
          </Link>
        </div>
        <div className="z-row-wrap">
          <FilingActions filing={filing} onOpen={onOpen} />
        </div>
      </div>
      {filing.closure && <ClosureNotice filing={filing} />}
      <section className="z-card" aria-label="Summary">
        <dl className="z-facts z-card-body">
          <dt>Legal due</dt>
          <dd>
            <DueCell filing={filing} today={today} />
          </dd>
          <dt>Internal target</dt>
          <dd>
            <DateCell date={filing.targetDueOn} />
          </dd>
          <dt>Assignee</dt>
          <dd>{filing.assignee?.displayName ?? <None />}</dd>
          <dt>Filed through</dt>
          <dd>{filing.rule?.channel || <None />}</dd>
        </dl>
      </section>
      <WhyCard filing={filing} today={today} />
      <Checklist filing={filing} />
      <section className="z-card" aria-labelledby="last-activity">
        <header>
          <h2 id="last-activity">Last activity</h2>
        </header>
        {last.length ? <Timeline entries={last} /> : <p className="z-card-body z-2">Nothing yet.</p>}
      </section>
    </>
  );
}
