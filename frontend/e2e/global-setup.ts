// Signs the people in once and keeps the sessions, so that the sign-in limit (five a minute) is never met by the tests.
import { mkdirSync } from 'node:fs';
import { type FullConfig, request } from '@playwright/test';
import { signInAdmin } from './admin';
import { ADMIN_SESSION, DECIDER, DECIDER_SESSION, EMAIL, OFFICER, OFFICER_SESSION, PASSWORD, SESSION } from './people';

export default async function setup(config: FullConfig) {
  const baseURL = config.projects[0]?.use.baseURL ?? '';
  mkdirSync('test-results', { recursive: true });
  for (const [email, path] of [
    [EMAIL, SESSION],
    [DECIDER, DECIDER_SESSION],
    [OFFICER, OFFICER_SESSION],
  ] as const) {
    const context = await request.newContext({ baseURL, extraHTTPHeaders: { origin: new URL(baseURL).origin } });
    const answer = await context.post('/api/auth/login', { data: { email, password: PASSWORD } });
    if (!answer.ok()) throw new Error(`Could not sign in as ${email}: ${answer.status()} ${await answer.text()}`);
    await context.storageState({ path });
    await context.dispose();
  }
  const admin = await request.newContext({ baseURL, extraHTTPHeaders: { origin: new URL(baseURL).origin } });
  await signInAdmin(admin);
  await admin.storageState({ path: ADMIN_SESSION });
  await admin.dispose();
}
