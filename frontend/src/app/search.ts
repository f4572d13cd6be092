// List state in the URL as plain text: ?view=open&regulator=RBI,SEBI&page=2. No JSON, so that a person can read and edit it.

/** The query string as text values. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Values back to a query string; empty ones are left out, lists are joined with commas. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = Object.entries(search).flatMap(([key, value]) => {
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value);
    return text === ''
      ? []
      : [`${encodeURIComponent(key)}=${encodeURIComponent(text).replace(/%2C/g, ',').replace(/%20/g, '+')}`];
  });
  return params.length ? `?${params.join('&')}` : '';
}

/** A text value, or undefined when it is absent or empty. */
export function text(value: unknown): string | undefined {
  const out = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return out === '' ? undefined : out;
}

/** A comma-joined list, or undefined when it is empty. */
export function list(value: unknown): string[] | undefined {
  const items = Array.isArray(value) ? value.map(String) : (text(value)?.split(',') ?? []);
  const clean = items.map((item) => item.trim()).filter(Boolean);
  return clean.length ? clean : undefined;
}

/** A whole number of at least `min`, or undefined. */
export function whole(value: unknown, min = 1): number | undefined {
  const number = Number(text(value));
  return Number.isInteger(number) && number >= min ? number : undefined;
}
