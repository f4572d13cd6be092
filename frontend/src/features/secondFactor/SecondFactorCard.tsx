// Your second factor: whether it is on, the recovery codes, and how to change it.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { meQuery, secondFactorQuery, sessionsQuery } from '@/api/queries';
import { ErrorCard } from '@/components/ErrorCard';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatInstant, plural } from '@/lib/format';

const EnrolSteps = lazy(() => import('./EnrolSteps').then((m) => ({ default: m.EnrolSteps })));
const WithCode = lazy(() => import('./WithCode').then((m) => ({ default: m.WithCode })));

export function SecondFactorCard() {
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(secondFactorQuery());
  const [doing, setDoing] = useState<'enrol' | 'codes' | 'off' | null>(null);
  const finish = () => {
    setDoing(null);
    for (const query of [secondFactorQuery(), sessionsQuery(), meQuery()]) {
      void queryClient.invalidateQueries({ queryKey: query.queryKey });
    }
  };
  return (
    <section className="z-card" aria-labelledby="second-factor">
      <header>
        <h2 id="second-factor">Second factor</h2>
      </header>
      {error && !data ? (
        <div className="z-card-body">
          <ErrorCard error={error} what="Your second factor" onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <RowsSkeleton rows={2} />
      ) : (
        <div className="z-card-body z-stack-lg">
          {doing === null && (
            <>
              <p style={{ margin: 0 }}>
                {data.since
                  ? `On since ${formatInstant(data.since)}. ${plural(data.recoveryCodesLeft, 'recovery code is', 'recovery codes are')} left.`
                  : 'Off. With it, somebody who learns your password still cannot sign in.'}
                {data.since && data.recoveryCodesLeft === 0 && ' Make new ones, in case you lose the phone.'}
                {data.required && ' Your firm asks for it.'}
              </p>
              <div className="z-row-wrap">
                <Button variant="default" onClick={() => setDoing('enrol')}>
                  {data.since ? 'Move it to another phone' : 'Set up a second factor'}
                </Button>
                {data.since && (
                  <Button variant="default" onClick={() => setDoing('codes')}>
                    New recovery codes
                  </Button>
                )}
                {data.since && !data.required && (
                  <Button variant="default" onClick={() => setDoing('off')}>
                    Turn it off
                  </Button>
                )}
              </div>
            </>
          )}
          <Suspense fallback={null}>
            {doing === 'enrol' && (
              <EnrolSteps replacing={Boolean(data.since)} onDone={finish} onCancel={() => setDoing(null)} />
            )}
            {(doing === 'codes' || doing === 'off') && (
              <WithCode act={doing} onDone={finish} onCancel={() => setDoing(null)} />
            )}
          </Suspense>
        </div>
      )}
    </section>
  );
}
