import { open } from 'node:fs/promises';
import { ed25519 } from '@noble/curves/ed25519';
import { PublicKey } from '@solana/web3.js';
import type { Signer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { reasonOf } from './reason.ts';

/** Far above 64 numbers with spaces; keeps a wrong path from being read whole. */
const MAX_FILE_BYTES = 4096;

/**
 * A Signer from a Solana keypair file: a JSON array of 64 numbers, secret key then public key.
 * @throws SipError FILE_UNREADABLE, KEYPAIR_EXPOSED (others may read it), KEYPAIR_MALFORMED
 */
export async function keypairFileSigner(path: string): Promise<Signer> {
  const text = await readPrivate(path);
  const bytes = parseKeypair(text, path);
  const secretKey = bytes.slice(0, 32);
  const publicKey = bytes.slice(32);
  if (!equal(ed25519.getPublicKey(secretKey), publicKey))
    throw new SipError('KEYPAIR_MALFORMED', {
      path,
      reason: 'its public half does not belong to its secret half',
    });
  return {
    publicKey: new PublicKey(publicKey),
    sign: async (message) => ed25519.sign(message, secretKey),
  };
}

async function readPrivate(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const found = await file.stat();
      if (found.isDirectory()) throw new SipError('FILE_UNREADABLE', { path, reason: 'it is a folder' });
      const { mode, size } = found;
      // Windows has no such bits.
      if (process.platform !== 'win32' && (mode & 0o077) !== 0)
        throw new SipError('KEYPAIR_EXPOSED', { path, mode: (mode & 0o777).toString(8).padStart(4, '0') });
      if (size > MAX_FILE_BYTES) throw new SipError('KEYPAIR_MALFORMED', { path, reason: 'it is too long' });
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof SipError) throw cause;
    throw new SipError('FILE_UNREADABLE', { path, reason: reasonOf(cause) }, { cause });
  }
}

function parseKeypair(text: string, path: string): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the secret: it is not kept as cause.
    throw new SipError('KEYPAIR_MALFORMED', { path, reason: 'it is not JSON' });
  }
  if (!Array.isArray(value) || value.length !== 64)
    throw new SipError('KEYPAIR_MALFORMED', { path, reason: 'it does not hold 64 numbers' });
  if (!value.every((n) => Number.isInteger(n) && n >= 0 && n <= 255))
    throw new SipError('KEYPAIR_MALFORMED', { path, reason: 'it holds something other than bytes' });
  return Uint8Array.from(value);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
