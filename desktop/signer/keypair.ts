import { open } from 'node:fs/promises';
import { ed25519 } from '@noble/curves/ed25519';
import bs58 from 'bs58';
import { SignerFailure } from './failure.ts';

/** Far above 64 numbers with spaces; keeps a wrong path from being read whole. */
const MAX_FILE_BYTES = 4096;

/**
 * Opens a Solana keypair file for the moment of `use`; the secret half is overwritten afterwards and never leaves.
 * @param use gets the public key (base58) and a signing function
 */
export async function withKeypair<T>(
  path: string,
  use: (publicKey: string, sign: (message: Uint8Array) => Uint8Array) => T,
): Promise<T> {
  const bytes = parse(await readPrivate(path));
  const secret = bytes.subarray(0, 32);
  try {
    const publicKey = ed25519.getPublicKey(secret);
    if (!publicKey.every((byte, at) => byte === bytes[32 + at]))
      throw malformed('its public half does not belong to its secret half');
    return use(bs58.encode(publicKey), (message) => ed25519.sign(message, secret));
  } finally {
    bytes.fill(0);
  }
}

async function readPrivate(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => {
    throw new SignerFailure(
      'KEYPAIR_UNREADABLE',
      'The keypair file cannot be read.',
      'Check that it is there and that it is yours.',
    );
  });
  try {
    const { mode, size } = await file.stat();
    // Windows has no such bits.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new SignerFailure(
        'KEYPAIR_EXPOSED',
        'The keypair file can be read by others.',
        'Take their rights away: chmod 600 on the file.',
      );
    if (size > MAX_FILE_BYTES) throw malformed('it is too long');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function parse(text: string): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the secret.
    throw malformed('it is not JSON');
  }
  if (!Array.isArray(value) || value.length !== 64) throw malformed('it does not hold 64 numbers');
  if (!value.every((n) => Number.isInteger(n) && n >= 0 && n <= 255))
    throw malformed('it holds something other than bytes');
  return Uint8Array.from(value);
}

const malformed = (reason: string): SignerFailure =>
  new SignerFailure(
    'KEYPAIR_MALFORMED',
    `The file is not a Solana keypair file: ${reason}.`,
    'Give a file as solana-keygen writes it: a JSON array of 64 numbers.',
  );
