// Seconds left of a wait that the server asked for.
import { useEffect, useState } from 'react';

/** Counts down to zero, then answers null and calls `done`. */
export function useCountdown(seconds: number | null, done?: () => void): number | null {
  const [left, setLeft] = useState(seconds);
  useEffect(() => setLeft(seconds), [seconds]);
  useEffect(() => {
    if (left === null) return undefined;
    if (left <= 0) {
      setLeft(null);
      done?.();
      return undefined;
    }
    const timer = window.setTimeout(() => setLeft(left - 1), 1_000);
    return () => window.clearTimeout(timer);
  }, [left, done]);
  return left;
}
