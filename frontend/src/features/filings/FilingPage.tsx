// One filing: where it stands, why this date, the checklist, what was said and done.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { filingQuery } from '@/api/queries';
import type { FilingDetail, PortalProblem } from '@/api/types';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useCan, useMe } from '@/app/me';
import { useRecordActions } from '@/app/recordActions';
import { useCanChange } from '@/app/writing';
import { PageError } from '@/components/ErrorCard';
import { NotFound } from '@/components/NotFound';
import { Page } from '@/components/Page';
import { PendingNotice } from '@/components/PendingNotice';
import { RegulatorTag } from '@/components/RegulatorTag';
import { After300, PageSkeleton } from '@/components/Skeletons';
import { StatusBadge } from '@/components/StatusBadge';
import { relativeDue } from '@/lib/format';
import { isOpen } from '@/lib/status';
import { Checklist } from './Checklist';
import { ClockCard } from './ClockCard';
import { ClosureNotice } from './ClosureNotice';
import { DetailsRail } from './DetailsRail';
import { FilingActions } from './FilingActions';
import { LateCostCard } from './LateCostCard';
import { PortalLog } from './PortalLog';
import { StageBar } from './StageBar';
import { WhyCard } from './WhyCard';

const Activity = lazy(() => import('./Activity'));
const FilingDialogs = lazy(() => import('./dialogs'));
const ListPosition = lazy(() => import('./ListPosition'));
const route = getRouteApi('/_app/filings/$filingId');

export type DialogKind =
  | 'filed'
  | 'waived'
  | 'not_applicable'
  | 'assign'
  | 'target'
  | 'reopen'
  | 'hand_over'
  | 'portal'
  | 'strike';

export function FilingPage() {
  const { filingId } = route.useParams();
  const id = Number(filingId);
  const { data, error, refetch } = useQuery({ ...filingQuery(id), enabled: Number.isInteger(id) });
  if (!Number.isInteger(id)) return <NotFound />;
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <After300>
        <PageSkeleton />
      </After300>
    );
  }
  return <FilingView key={data.id} filing={data} />;
}

function FilingView({ filing }: { filing: FilingDetail }) {
  const me = useMe();
  const can = useCan();
  const change = useCanChange();
  const [dialog, setDialog] = useState<DialogKind | null>(null);
  const [entry, setEntry] = useState<PortalProblem | null>(null);
  const close = () => setDialog(null);
  const open = isOpen(filing.status);
  useHotkeys(
    {
      ...(open && can('filings.file') ? { m: () => setDialog('filed') } : {}),
      ...(change('filings.edit')
        ? { a: () => setDialog('assign'), c: () => document.getElementById('comment')?.focus() }
        : {}),
    },
    keysOn(me),
  );
  const name = `${filing.code} ${filing.periodLabel}`;
  useRecordActions([
    ...(open && can('filings.file') ? [{ label: `Mark ${name} as filed`, run: () => setDialog('filed') }] : []),
    ...(change('filings.edit') ? [{ label: `Assign ${name}`, run: () => setDialog('assign') }] : []),
    ...(open && change('filings.edit')
      ? [{ label: `Set the internal target of ${name}`, run: () => setDialog('target') }]
      : []),
    ...(open && change('filings.decide') ? [{ label: `Waive ${name}`, run: () => setDialog('waived') }] : []),
    ...(!open && change('filings.decide') ? [{ label: `Open ${name} again`, run: () => setDialog('reopen') }] : []),
  ]);
  return (
    <Page
      title={name}
      heading={`${filing.title}, ${filing.periodLabel}`}
      crumbs={[{ label: 'Filings', to: '/filings' }]}
      badge={
        <StatusBadge
          status={filing.status}
          pill
          detail={open && filing.legalDueOn ? relativeDue(filing.legalDueOn, me.today) : undefined}
        />
      }
      sub={
        <>
          <RegulatorTag tag={filing.regulator} />
          <span className="mono">{filing.code}</span>
          <span aria-hidden="true">·</span>
          <Link to="/clients/$clientId/{-$tab}" params={{ clientId: String(filing.clientId) }} className="z-strong">
            {filing.clientName}
          </Link>
          <span aria-hidden="true">·</span>
          <span>{filing.periodLabel}</span>
        </>
      }
      bar={
        <Suspense fallback={null}>
          <ListPosition id={filing.id} />
        </Suspense>
      }
      actions={<FilingActions filing={filing} onOpen={setDialog} />}
    >
      <PendingNotice on={`filing:${filing.id}`} />
      <StageBar filing={filing} today={me.today} />
      {filing.closure && <ClosureNotice filing={filing} />}
      <div className="z-with-rail">
        <div className="z-stack-lg">
          <WhyCard filing={filing} today={me.today} />
          <Checklist filing={filing} />
          <PortalLog
            filing={filing}
            onLog={() => setDialog('portal')}
            onStrike={(one) => {
              setEntry(one);
              setDialog('strike');
            }}
          />
          <Suspense fallback={<section className="z-card" style={{ minHeight: 200 }} aria-busy="true" />}>
            <Activity filing={filing} />
          </Suspense>
        </div>
        <div className="z-stack-lg">
          {filing.lateCost && <LateCostCard cost={filing.lateCost} open={open} />}
          <ClockCard filing={filing} onHandOver={() => setDialog('hand_over')} />
          <DetailsRail filing={filing} today={me.today} onOpen={setDialog} />
        </div>
      </div>
      {dialog && (
        <Suspense fallback={null}>
          <FilingDialogs dialog={dialog} filing={filing} today={me.today} entry={entry} onClose={close} />
        </Suspense>
      )}
    </Page>
  );
}
