// Where the time of a client's filings went in a financial year: ours, theirs, the checker's, the regulator's.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientClockQuery } from '@/api/queries';
import type { ClientClock } from '@/api/types';
import { HeldBar } from '@/features/filings/HeldBar';
import { plural } from '@/lib/format';

export function ClientClockCard({ clientId, fy }: { clientId: number; fy: string }) {
  // Asked for, not loaded with the page: most visits are about something else.
  const [asked, setAsked] = useState(false);
  const { data, isError } = useQuery({ ...clientClockQuery(clientId, fy), enabled: asked });
  return (
    <section className="z-card" aria-labelledby="client-clock">
      <header>
        <h2 id="client-clock">Where the time went</h2>
        {data ? (
          <span className="z-2 num">{plural(data.elapsedDays, 'day')}</span>
        ) : (
          <Button variant="default" size="compact-sm" loading={asked && !isError} onClick={() => setAsked(true)}>
            Show
          </Button>
        )}
      </header>
      <div className="z-card-body z-stack">
        {data && data.elapsedDays > 0 && <HeldBar parts={data.parts} />}
        <p className="z-2 z-small" style={{ margin: 0 }}>
          {sentence(data, isError)}
        </p>
      </div>
    </section>
  );
}

function sentence(clock: ClientClock | undefined, failed: boolean): string {
  if (failed) return 'The days did not load. Reload the page and try again.';
  if (!clock) return "How many days of this year's filings passed with us, the client, a checker and the regulator.";
  if (clock.elapsedDays === 0) return `No day has passed yet on a filing due in FY ${clock.fy}.`;
  return `Over ${plural(clock.filings, 'filing')} due in FY ${clock.fy}, from the end of each period until it was filed.`;
}
