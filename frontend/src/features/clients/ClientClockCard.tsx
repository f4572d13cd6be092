// Where the time of a client's filings went in a financial year: ours, theirs, the checker's, the regulator's.
import { useQuery } from '@tanstack/react-query';
import { clientClockQuery } from '@/api/queries';
import { HeldBar } from '@/features/filings/HeldBar';
import { formatCount, plural } from '@/lib/format';

export function ClientClockCard({ clientId, fy }: { clientId: number; fy: string }) {
  const { data } = useQuery(clientClockQuery(clientId, fy));
  // Nothing to show before the first day went by; the card is an extra, so a failure leaves it out too.
  if (!data || data.elapsedDays === 0) return null;
  return (
    <section className="z-card" aria-labelledby="client-clock">
      <header>
        <h2 id="client-clock">Where the time went</h2>
        <span className="z-2 num">{formatCount(data.elapsedDays)} days</span>
      </header>
      <div className="z-card-body z-stack">
        <HeldBar parts={data.parts} />
        <p className="z-2 z-small" style={{ margin: 0 }}>
          Over {plural(data.filings, 'filing')} due in FY {data.fy}, from the end of each period until it was filed.
        </p>
      </div>
    </section>
  );
}
