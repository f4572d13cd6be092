// The values of the client form and what the server gets from them.
import type { Client } from '@/api/types';

export type ClientValues = {
  clientName: string;
  shortName: string;
  entityType: string;
  pan: string;
  gstin: string;
  cin: string;
  llpin: string;
  lei: string;
  incorporatedOn: string;
  trackFrom: string;
  status: string;
  riskRating: string;
  ownerId: string;
  tags: string;
  notes: string;
};

export const EMPTY_CLIENT: ClientValues = {
  clientName: '',
  shortName: '',
  entityType: '',
  pan: '',
  gstin: '',
  cin: '',
  llpin: '',
  lei: '',
  incorporatedOn: '',
  trackFrom: '',
  status: 'active',
  riskRating: '',
  ownerId: '',
  tags: '',
  notes: '',
};

export const FIELD_LABELS: Record<string, string> = {
  clientName: 'Legal name',
  shortName: 'Short name',
  entityType: 'Entity type',
  pan: 'PAN',
  gstin: 'GSTIN',
  cin: 'CIN',
  llpin: 'LLPIN',
  lei: 'LEI',
  incorporatedOn: 'Incorporated on',
  trackFrom: 'Track filings from',
  status: 'Status',
  riskRating: 'Risk',
  ownerId: 'Owner',
  tags: 'Tags',
  notes: 'Notes',
};

/** Field name to element id, for the error summary's links. */
export const FIELD_IDS = Object.fromEntries(Object.keys(FIELD_LABELS).map((key) => [key, `client-${key}`]));

export function valuesOf(client: Client): ClientValues {
  return {
    clientName: client.clientName,
    shortName: client.shortName ?? '',
    entityType: client.entityType,
    pan: client.pan ?? '',
    gstin: client.gstin ?? '',
    cin: client.cin ?? '',
    llpin: client.llpin ?? '',
    lei: client.lei ?? '',
    incorporatedOn: client.incorporatedOn ?? '',
    trackFrom: client.trackFrom,
    status: client.status,
    riskRating: client.riskRating ?? '',
    ownerId: client.owner ? String(client.owner.id) : '',
    tags: client.tags.join(', '),
    notes: client.notes ?? '',
  };
}

/** The record with a change over it that was proposed and sent back. */
export function keptValues(kept: Record<string, unknown> | null, record: ClientValues): ClientValues {
  if (!kept) return record;
  const fields = kept.fields as Record<string, unknown>;
  const numbers = (fields.identifiers ?? {}) as Record<string, string | null>;
  const text = (value: unknown) => (value == null ? '' : String(value));
  const over: Partial<ClientValues> = {};
  const put = (key: keyof ClientValues, name: string) => {
    if (name in fields) over[key] = text(fields[name]);
  };
  put('clientName', 'client_name');
  put('shortName', 'short_name');
  put('entityType', 'entity_type');
  put('status', 'status');
  put('riskRating', 'risk_rating');
  put('incorporatedOn', 'incorporated_on');
  put('trackFrom', 'track_from');
  put('ownerId', 'owner');
  put('notes', 'notes');
  if (Array.isArray(fields.tags)) over.tags = fields.tags.join(', ');
  for (const key of ['pan', 'gstin', 'cin', 'llpin', 'lei'] as const)
    if (key in numbers) over[key] = text(numbers[key]);
  return { ...record, ...over };
}

/** What to check before the server does. */
export function gapsOf(values: ClientValues): Record<string, string> {
  const gaps: Record<string, string> = {};
  if (!values.clientName.trim()) gaps.clientName = 'Type the legal name.';
  if (!values.entityType) gaps.entityType = 'Choose what kind of entity this is.';
  return gaps;
}

const orNull = (text: string) => text.trim() || null;

/** The values in the server's words; empty ones clear. */
export function bodyOf(values: ClientValues) {
  return {
    clientName: values.clientName.trim(),
    shortName: values.shortName.trim(),
    entityType: values.entityType,
    pan: orNull(values.pan),
    gstin: orNull(values.gstin),
    cin: orNull(values.cin),
    llpin: orNull(values.llpin),
    lei: orNull(values.lei),
    incorporatedOn: orNull(values.incorporatedOn),
    trackFrom: values.trackFrom || undefined,
    status: values.status,
    riskRating: orNull(values.riskRating),
    ownerId: values.ownerId ? Number(values.ownerId) : null,
    tags: values.tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    notes: values.notes.trim(),
  };
}

/** Only what differs: a merge patch. */
export function patchOf(before: ClientValues, after: ClientValues) {
  const full = bodyOf(after);
  const changed = (Object.keys(before) as (keyof ClientValues)[]).filter((key) => before[key] !== after[key]);
  return Object.fromEntries(changed.map((key) => [key, full[key]])) as Partial<typeof full>;
}
