// Who signs in. The password is the one the server was started with; it is never written down here.

/** An analyst: prepares and files. */
export const EMAIL = process.env.E2E_EMAIL ?? 'ananya@demo.zippcrm.test';

/** Somebody who may waive, mark not applicable and open again. */
export const DECIDER = process.env.E2E_DECIDER ?? 'sneha@demo.zippcrm.test';

/** Answers to the regulator: may carry a circular out and take it back. */
export const OFFICER = process.env.E2E_OFFICER ?? 'priya@demo.zippcrm.test';

/** Runs the workspace. Needs a code as well: see admin.ts. */
export const ADMIN = process.env.E2E_ADMIN ?? 'vikram@demo.zippcrm.test';

export const PASSWORD = process.env.E2E_PASSWORD ?? '';

/** Where their sessions are kept between tests. */
export const SESSION = 'test-results/.session.json';
export const DECIDER_SESSION = 'test-results/.decider.json';
export const OFFICER_SESSION = 'test-results/.officer.json';
export const ADMIN_SESSION = 'test-results/.admin.json';
