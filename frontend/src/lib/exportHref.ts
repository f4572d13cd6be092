// The address of an export of the current filter.

/** The query string of an export of the same filter: all rows, no page. */
export function exportHref(path: string, query: Record<string, unknown>, format: 'csv' | 'xlsx'): string {
  const params = new URLSearchParams({ format });
  for (const [key, value] of Object.entries(query)) {
    if (key === 'page' || key === 'perPage' || value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(key, String(item));
  }
  return `${path}?${params}`;
}
