// The administrator's second factor: codes from the key that the server was started with, worked out here by the standard's
// recipe (RFC 6238). A code works once, so whoever needs the administrator takes the kept session.
import { createHmac } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { ADMIN, PASSWORD } from './people';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of a key as it is typed. */
function bytesOf(key: string): Buffer {
  const bits = [...key.replace(/\s/g, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The code of a key at a time in milliseconds. */
export function codeOf(key: string, at = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', bytesOf(key)).update(counter).digest();
  const offset = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Signs the administrator in: password, then a code. */
export async function signInAdmin(context: APIRequestContext): Promise<void> {
  const first = await context.post('/api/auth/login', { data: { email: ADMIN, password: PASSWORD } });
  const { challenge } = await first.json();
  const code = codeOf(process.env.E2E_TOTP ?? '');
  const second = await context.post('/api/auth/totp', { data: { challenge, code } });
  if (!second.ok()) throw new Error(`Could not sign in as ${ADMIN}: ${second.status()} ${await second.text()}`);
}
