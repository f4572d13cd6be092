// A server of one test's own: its database, port and clock. It can be stopped and started again, as after days of downtime.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PASSWORD } from './people';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The debug build; `cargo xtask test` names it, as it may be built elsewhere. */
const PROGRAM = process.env.E2E_PROGRAM ?? join(ROOT, 'target/debug/zippcrm');
/** Making a database with its demo data takes a slow machine this long. */
export const START_MS = 180_000;
const STOP_MS = 30_000;

export class OwnServer {
  readonly url: string;
  private readonly state = mkdtempSync(join(tmpdir(), 'zippcrm-e2e-own-'));
  private readonly log = join(this.state, 'server.log');
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {
    this.url = `http://localhost:${port}`;
  }

  static async make(): Promise<OwnServer> {
    return new OwnServer(await freePort());
  }

  /** Starts with its clock at an instant and waits until it is open for business. */
  async start(clock: string): Promise<void> {
    const log = openSync(this.log, 'a');
    const { DATABASE_URL: _, ...inherited } = process.env;
    const child = spawn(PROGRAM, ['serve', '--demo'], {
      cwd: ROOT,
      env: {
        ...inherited,
        PORT: String(this.port),
        ZIPPCRM_STATE_DIR: join(this.state, 'data'),
        ZIPPCRM_WEB_DIR: join(ROOT, 'frontend/dist'),
        ZIPPCRM_DEMO_PASSWORD: PASSWORD,
        ZIPPCRM_CLOCK: clock,
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    let failed = '';
    child.once('error', (error) => (failed = String(error)));
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (failed || child.exitCode !== null) throw new Error(`The server ended. ${failed}\n${this.tail()}`);
      const answer = await fetch(`${this.url}/api/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(200);
    }
    throw new Error(`The server was not ready in time.\n${this.tail()}`);
  }

  /** Asks it to stop and waits until it has; its data stays. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null || !child.pid) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const hurry = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(hurry);
  }

  /** Stops it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    // The database is kept elsewhere when its account cannot enter the directory.
    const elsewhere = join(this.state, 'data/elsewhere');
    if (existsSync(elsewhere)) rmSync(readlinkSync(elsewhere), { recursive: true, force: true });
    rmSync(this.state, { recursive: true, force: true });
  }

  private tail(): string {
    return readFileSync(this.log, 'utf8').split('\n').slice(-15).join('\n');
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))));
    });
  });
}
