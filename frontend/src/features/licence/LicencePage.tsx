// Licence & plan: what you have, how much of it is in use, what is on, and what another plan would change.
import { useQuery } from '@tanstack/react-query';
import { licenceQuery } from '@/api/queries';
import { useCan } from '@/app/me';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { RowsSkeleton } from '@/components/Skeletons';
import { FeaturesCard } from './FeaturesCard';
import { HeldCard } from './HeldCard';
import { LicenceCard } from './LicenceCard';
import { LimitsCard } from './LimitsCard';
import { NudgeCard } from './NudgeCard';
import { PlansCard } from './PlansCard';
import { RegulatorsCard } from './RegulatorsCard';

export function LicencePage() {
  const { data, error, refetch } = useQuery(licenceQuery());
  const manages = useCan()('licence.manage');
  return (
    <Page
      title="Licence & plan"
      crumbs={[{ label: 'Settings' }]}
      sub={data ? `${data.claims.planName}. Portal users are free and never take a seat.` : undefined}
    >
      {error && !data ? (
        <ErrorCard error={error} what="The licence" onRetry={() => void refetch()} />
      ) : !data ? (
        <RowsSkeleton rows={8} />
      ) : (
        <div className="z-stack-lg" style={{ maxWidth: 960 }}>
          <NudgeCard licence={data} />
          <LicenceCard licence={data} manages={manages} />
          <LimitsCard licence={data} />
          {data.heldClients > 0 && <HeldCard manages={manages} />}
          {data.claims.regulators && <RegulatorsCard licence={data} manages={manages} />}
          <FeaturesCard licence={data} />
          <PlansCard licence={data} />
        </div>
      )}
    </Page>
  );
}
