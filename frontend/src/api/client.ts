// The typed HTTP client: same-origin, cookies, errors as ApiError, and a signal when the session has ended.
import createFetchClient, { type Middleware } from 'openapi-fetch';
import { ApiError, WaitsError } from './error';
import type { paths } from './schema';
import type { Proposed } from './types';

type Listener = () => void;
const sessionListeners = new Set<Listener>();

/** Calls back when an answer says that the session ended (401 outside the sign-in calls). */
export function onSessionEnded(listener: Listener): () => void {
  sessionListeners.add(listener);
  return () => sessionListeners.delete(listener);
}

/** What a plan lacks, for the dialog that shows which one has it. */
export type PlanRefusal = { feature: string; unlockedBy: string | null; message: string };
const planListeners = new Set<(refusal: PlanRefusal) => void>();

/** Calls back when an answer says that the plan does not go that far (402), or a locked item was pressed. */
export function onPlanRefused(listener: (refusal: PlanRefusal) => void): () => void {
  planListeners.add(listener);
  return () => planListeners.delete(listener);
}

/** Shows what a larger plan would unlock. */
export function refusePlan(refusal: PlanRefusal): void {
  for (const listener of planListeners) listener(refusal);
}

/** The failed answer as an error, with whatever the body says. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
  } catch {
    // Not JSON: a proxy's page. The status alone speaks.
  }
  return new ApiError(response.status, body, response.headers);
}

const errors: Middleware = {
  async onResponse({ request, response }) {
    if (response.status === 202 && response.headers.get('location')?.startsWith('/api/approvals/')) {
      throw new WaitsError(((await response.clone().json()) as Proposed).proposal);
    }
    if (response.ok) return undefined;
    const error = await errorFrom(response);
    const path = new URL(request.url).pathname;
    if (response.status === 401 && !path.startsWith('/api/auth/') && path !== '/api/me') {
      for (const listener of sessionListeners) listener();
    }
    if (response.status === 402) {
      const { feature, unlockedBy } = error.body as { feature?: string; unlockedBy?: string | null };
      refusePlan({ feature: feature ?? '', unlockedBy: unlockedBy ?? null, message: error.message });
    }
    throw error;
  },
  onError() {
    return new ApiError(0, { code: 'network' });
  },
};

export const api = createFetchClient<paths>({
  baseUrl: typeof window === 'undefined' ? 'http://localhost' : window.location.origin,
  credentials: 'same-origin',
  // Lists repeat the key: status=overdue&status=breached.
  querySerializer: { array: { style: 'form', explode: true } },
});
api.use(errors);

/** The data of a call; failed calls have thrown already, and so have changes that wait for approval. */
export async function unwrap<T>(call: Promise<{ data?: T }>): Promise<Exclude<T, Proposed>> {
  const { data } = await call;
  return data as Exclude<T, Proposed>;
}

/** The header that makes a change fail when the record is no longer the one shown. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
