// After too many wrong tries: how long until the next one, counting down. Screen readers hear the sentence above the form and,
// at the end, that it is time; not every second.
import { useCallback, useState } from 'react';
import type { ApiError } from '@/api/error';
import { useCountdown } from '@/components/useCountdown';

/** Nothing for other faults. Each refusal is a wait of its own, also when it is as long as the one before. */
export function WaitNote({ fault }: { fault: ApiError | null }) {
  if (fault?.status !== 429 || !fault.retryAfter) return null;
  return <Wait key={fault.requestId} seconds={fault.retryAfter} />;
}

function Wait({ seconds }: { seconds: number }) {
  const [over, setOver] = useState(false);
  const left = useCountdown(
    seconds,
    useCallback(() => setOver(true), []),
  );
  return (
    <div className="z-2 num">
      {!over && <span>You can try again in {spoken(left ?? 0)}.</span>}
      <span role="status">{over && 'You can try again now.'}</span>
    </div>
  );
}

function spoken(seconds: number): string {
  return seconds > 90 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`;
}
