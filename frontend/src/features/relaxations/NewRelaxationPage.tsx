// Carry a circular out: enter it, see before and after, then apply it as one change that can be undone.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { referenceQuery, returnsQuery } from '@/api/queries';
import { useCan, useMe } from '@/app/me';
import { FormSummary } from '@/components/FormSummary';
import { Page } from '@/components/Page';
import { fyChoices, fyOf } from '@/lib/format';
import { done, whenWaiting } from '@/lib/notify';
import { useRefreshDates } from '@/lib/useRefreshDates';
import { CircularPart, ClientsPart, EffectPart, ReturnsPart } from './FormParts';
import { bodyOf, emptyRelaxation, FIELD_IDS, FIELD_LABELS, gapsOf, type RelaxationValues } from './form';
import type { Show } from './PreviewPart';
import classes from './Relaxations.module.css';

// What follows the form comes after the page.
const PreviewPart = lazy(() => import('./PreviewPart'));
const ApplyDialog = lazy(() => import('./ApplyDialog'));
const route = getRouteApi('/_app/relaxations/new');

export function NewRelaxationPage() {
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const refresh = useRefreshDates();
  const { code } = route.useSearch();
  const reference = useQuery(referenceQuery());
  const returns = useQuery(returnsQuery());
  const years = fyChoices(fyOf(me.today)).slice(0, 3).reverse();
  const [start] = useState(() => emptyRelaxation(years[1] ?? fyOf(me.today), code ?? []));
  const [values, setValues] = useState<RelaxationValues>(start);
  const [local, setLocal] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const saved = useRef(false);
  // One key for one intention: a second click or a retry gets the first answer.
  const key = useRef('');

  const preview = useMutation({
    mutationFn: ({ show, page }: { show: Show; page: number }) =>
      unwrap(
        api.POST('/api/relaxations/preview', {
          params: { query: { show, page, perPage: 25 } },
          body: bodyOf(values),
        }),
      ),
  });
  const apply = useMutation({
    mutationFn: (reason: string) =>
      unwrap(
        api.POST('/api/relaxations', {
          body: bodyOf(values, reason),
          headers: { 'Idempotency-Key': key.current },
        }),
      ),
    onError: whenWaiting(() => {
      saved.current = true;
      void navigate({ to: '/relaxations' });
    }),
    onSuccess: (made) => {
      saved.current = true;
      refresh();
      done(`${made.circular.number} carried out. It can be undone on this page.`);
      void navigate({ to: '/relaxations/$relaxationId', params: { relaxationId: String(made.id) } });
    },
  });
  const shown = preview.data;
  const dirty = JSON.stringify(values) !== JSON.stringify(start);
  useBlocker({
    shouldBlockFn: () => dirty && !saved.current && !window.confirm('Leave this page? What you entered is not saved.'),
    enableBeforeUnload: () => dirty && !saved.current,
  });

  const change = (part: Partial<RelaxationValues>) => {
    const next = { ...values, ...part };
    setValues(next);
    // What is shown below must be what would happen.
    preview.reset();
    if (local) setLocal(localErrors(gapsOf(next)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fault = localErrors(gapsOf(values));
    setLocal(fault);
    if (!fault) preview.mutate({ show: 'changes', page: 1 });
  };
  const error = local ?? preview.error ?? reference.error ?? returns.error;
  const fields = error ? toApiError(error).fields : {};
  const part = { values, onChange: change, fields, today: me.today };
  return (
    <Page
      title="Extend due dates"
      crumbs={[
        { label: 'Filings', to: '/filings' },
        { label: 'Relaxations', to: '/relaxations' },
      ]}
      sub="Enter the regulator’s circular, look at what moves, then carry it out. Nothing is written before that."
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <FormSummary error={error} labels={FIELD_LABELS} ids={FIELD_IDS} />
        <CircularPart {...part} regulators={reference.data?.regulators ?? []} />
        <ReturnsPart {...part} returns={returns.data?.items ?? []} years={years} />
        <ClientsPart {...part} reference={reference.data} />
        <EffectPart {...part} />
        {!shown && (
          <div className="z-row">
            <Button type="submit" size="sm" loading={preview.isPending}>
              Show what changes
            </Button>
            <Button variant="default" size="sm" onClick={() => void navigate({ to: '/relaxations' })}>
              Cancel
            </Button>
          </div>
        )}
      </form>
      <Suspense fallback={null}>
        {shown && (
          <PreviewPart
            preview={shown}
            show={preview.variables?.show ?? 'changes'}
            onShow={(show, page) => preview.mutate({ show, page })}
            busy={preview.isPending}
            mayApply={can('relaxations.apply')}
            onApply={() => {
              key.current = crypto.randomUUID();
              setAsking(true);
            }}
          />
        )}
      </Suspense>
      {asking && shown && (
        <Suspense fallback={null}>
          <ApplyDialog
            counts={shown.counts}
            circularNo={values.circularNo}
            busy={apply.isPending}
            error={apply.error}
            onApply={(reason) => apply.mutate(reason)}
            onClose={() => {
              apply.reset();
              setAsking(false);
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}
