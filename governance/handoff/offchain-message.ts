import { ed25519 } from '@noble/curves/ed25519';
import bs58 from 'bs58';

/** Solana's off-chain message, version 0, as the Solana CLI signs it. */

/** A first byte no transaction can begin with, then the words. */
const SIGNING_DOMAIN = '\xffsolana offchain';
const VERSION = 0;
/** What the text is made of; a text has the first that takes it. */
const FORMATS = { restrictedAscii: 0, limitedUtf8: 1, extendedUtf8: 2 } as const;
/** Fits a Ledger's buffer: 1,232 less the header of 20 bytes. */
const MAX_SHORT_BYTES = 1212;
/** The length has two bytes, and counts the header in. */
const MAX_LONG_BYTES = 65_515;

const isAscii = (text: string): boolean => /^[\x20-\x7e]+$/.test(text);

/** @param text printable ASCII (0x20–0x7e), 1 to 1,212 characters @throws RangeError for any other */
export function offchainMessage(text: string): Uint8Array {
  if (!isAscii(text) || text.length > MAX_SHORT_BYTES)
    throw new RangeError('an off-chain message of this format is 1 to 1,212 printable ASCII characters');
  return offchainText(text);
}

/** @param text of any characters, 1 to 65,515 bytes in UTF-8 @throws RangeError for an empty or longer one */
export function offchainText(text: string): Uint8Array {
  const words = new TextEncoder().encode(text);
  if (words.length === 0 || words.length > MAX_LONG_BYTES)
    throw new RangeError('an off-chain message has 1 to 65,515 bytes');
  const bytes = new Uint8Array(SIGNING_DOMAIN.length + 4 + words.length);
  for (let i = 0; i < SIGNING_DOMAIN.length; i += 1) bytes[i] = SIGNING_DOMAIN.charCodeAt(i);
  bytes.set([VERSION, formatOf(text, words), words.length & 0xff, words.length >> 8], SIGNING_DOMAIN.length);
  bytes.set(words, SIGNING_DOMAIN.length + 4);
  return bytes;
}

function formatOf(text: string, { length }: Uint8Array): number {
  if (length > MAX_SHORT_BYTES) return FORMATS.extendedUtf8;
  return isAscii(text) ? FORMATS.restrictedAscii : FORMATS.limitedUtf8;
}

/**
 * Strict (RFC 8032) verification: no small-order keys, no second form of a signature.
 * @param key base58 of 32 bytes @param signature base58 of 64 bytes
 */
export function isSignedBy(key: string, signature: string, message: Uint8Array): boolean {
  try {
    return ed25519.verify(bs58.decode(signature), message, bs58.decode(key), { zip215: false });
  } catch {
    return false;
  }
}
