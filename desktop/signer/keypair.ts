import { open } from 'node:fs/promises';
import { ed25519 } from '@noble/curves/ed25519';
import bs58 from 'bs58';
import { SignerFailure } from './failure.ts';

/** Far above 64 numbers with spaces; keeps a wrong path from being read whole. */
const MAX_FILE_BYTES = 4096;
const ZERO = 0x30;
/** What JSON allows between its parts: tab, line feed, carriage return, space. */
const BLANKS: readonly number[] = [0x09, 0x0a, 0x0d, 0x20];

/**
 * Opens a Solana keypair file for the moment of `use`; the secret half is overwritten afterwards and never leaves.
 * @param use gets the public key (base58) and a signing function
 */
export async function withKeypair<T>(
  path: string,
  use: (publicKey: string, sign: (message: Uint8Array) => Uint8Array) => T,
): Promise<T> {
  const text = await readPrivate(path);
  const bytes = new Uint8Array(64);
  try {
    parseInto(bytes, text);
    const secret = bytes.subarray(0, 32);
    const publicKey = ed25519.getPublicKey(secret);
    if (!publicKey.every((byte, at) => byte === bytes[32 + at]))
      throw malformed('its public half does not belong to its secret half');
    return use(bs58.encode(publicKey), (message) => ed25519.sign(message, secret));
  } finally {
    text.fill(0);
    bytes.fill(0);
  }
}

/** The file's bytes, in memory that the caller overwrites. */
async function readPrivate(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => unreadable());
  try {
    const found = await file.stat();
    if (!found.isFile()) return unreadable();
    const { mode, size } = found;
    // Windows has no such bits.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new SignerFailure(
        'KEYPAIR_EXPOSED',
        'The keypair file can be read by others.',
        'Take their rights away: chmod 600 on the file.',
      );
    if (size > MAX_FILE_BYTES) throw malformed('it is too long');
    const bytes = new Uint8Array(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A JSON array of 64 bytes, read without strings: JavaScript cannot overwrite those. */
function parseInto(keys: Uint8Array, text: Uint8Array): void {
  let at = 0;
  const blank = () => {
    while (BLANKS.includes(text[at] ?? 0)) at++;
  };
  const expect = (char: string) => {
    blank();
    if (text[at++] !== char.charCodeAt(0)) throw malformed('it is not a list of 64 numbers');
    blank();
  };
  const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte < ZERO + 10;
  expect('[');
  for (let i = 0; i < keys.length; i++) {
    if (i > 0) expect(',');
    const from = at;
    let value = 0;
    while (isDigit(text[at])) value = 10 * value + text[at++]! - ZERO;
    const padded = text[from] === ZERO && at - from > 1;
    if (at === from || padded || value > 255) throw malformed('it holds something other than 64 bytes');
    keys[i] = value;
  }
  expect(']');
  if (at < text.length) throw malformed('something follows its numbers');
}

function unreadable(): never {
  throw new SignerFailure(
    'KEYPAIR_UNREADABLE',
    'The keypair file cannot be read.',
    'Check that it is there and that it is yours.',
  );
}

const malformed = (reason: string): SignerFailure =>
  new SignerFailure(
    'KEYPAIR_MALFORMED',
    `The file is not a Solana keypair file: ${reason}.`,
    'Give a file as solana-keygen writes it: a JSON array of 64 numbers.',
  );
