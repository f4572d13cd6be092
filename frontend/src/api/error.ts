// What the server answers when it says no, as one class the screens can read.

import type { ProposalDetail } from './types';

/** The body every failed call carries. */
type Body = { error?: string; code?: string; fields?: Record<string, string[] | string>; requestId?: string };

/** A refused or failed call. `status` 0 means that the server was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Field name to its sentence, for forms. */
  readonly fields: Record<string, string>;
  readonly requestId: string | null;
  /** Seconds to wait, from Retry-After; null when the server did not say. */
  readonly retryAfter: number | null;
  /** The whole body: some answers carry more (`current`, `duplicates`, `clients`). */
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Body & Record<string, unknown>, headers?: Headers) {
    super(body.error ?? wordsFor(status));
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? `http.${status}`;
    this.fields = Object.fromEntries(
      Object.entries(body.fields ?? {}).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.join(' ') : String(value),
      ]),
    );
    this.requestId = body.requestId ?? headers?.get('x-request-id') ?? null;
    const wait = Number(headers?.get('retry-after'));
    this.retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
    this.body = body;
  }

  /** True when another person changed the record meanwhile. */
  get stale(): boolean {
    return this.status === 409 && /stale/.test(this.code);
  }
}

/** Not refused: the change waits for somebody else's approval. Thrown, so that no screen takes it for made. */
export class WaitsError extends ApiError {
  constructor(readonly proposal: ProposalDetail) {
    const who = proposal.signOff[proposal.level - 1]?.who ?? 'somebody else';
    super(202, { error: `Sent for approval to ${who}. Nothing changes before that.`, code: 'approval.waits' });
    this.name = 'WaitsError';
  }
}

function wordsFor(status: number): string {
  if (status === 0) return 'The server did not answer. Check your connection and try again.';
  if (status === 401) return 'Sign in again to carry on.';
  if (status === 403) return 'Your role does not include this. Ask an admin of your firm.';
  if (status === 404) return "We can't find this, or you can't open it.";
  if (status === 409) return 'This changed meanwhile. Load it again.';
  if (status === 413) return 'The file is too large.';
  if (status === 429) return 'Too many tries. Wait a moment.';
  if (status === 503) return 'The database is away. Nothing was changed. Try again in a minute.';
  return 'The server could not do this. Try again.';
}

/** Any thrown value as an ApiError, so that screens handle one kind. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, { error: undefined, code: 'network' });
}

/** A check made in the browser, in the same shape as the server's answer, so that forms show both alike. */
export function localErrors(fields: Record<string, string>, message = 'Some fields need a look.'): ApiError | null {
  return Object.keys(fields).length ? new ApiError(422, { error: message, code: 'local', fields }) : null;
}
