// Spans of due dates that move with the day. The server works their dates out, so that a saved view never grows old.

export const DUE_SPANS = [
  { key: 'overdue', title: 'Before today' },
  { key: 'next7', title: 'Next 7 days' },
  { key: 'next30', title: 'Next 30 days' },
  { key: 'thisMonth', title: 'This month' },
  { key: 'nextMonth', title: 'Next month' },
  { key: 'thisFy', title: 'This financial year' },
] as const;

export const isSpan = (due: string): boolean => DUE_SPANS.some((span) => span.key === due);

/** "Next 30 days"; undefined for two dates. */
export const spanWords = (due: string | undefined): string | undefined =>
  DUE_SPANS.find((span) => span.key === due)?.title;
