// A number of a plan as people read it: the same rule as the server's, tested against the same table.

/** -1 is "Unlimited", 0 is "Not available", anything else is itself. */
export function showLimit(limit: number): string {
  if (limit < 0) return 'Unlimited';
  if (limit === 0) return 'Not available';
  return String(limit);
}
