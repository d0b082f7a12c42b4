import { ed25519 } from '@noble/curves/ed25519';
import bs58 from 'bs58';

/** Solana's off-chain message, version 0, as the Solana CLI signs it. */

/** A first byte no transaction can begin with, then the words. */
const SIGNING_DOMAIN = '\xffsolana offchain';
const VERSION = 0;
const RESTRICTED_ASCII = 0;
/** Fits a Ledger's buffer: 1,232 less the header of 20 bytes. */
const MAX_TEXT_BYTES = 1212;

/** @param text printable ASCII (0x20–0x7e), at least one character */
export function offchainMessage(text: string): Uint8Array {
  if (!/^[\x20-\x7e]+$/.test(text) || text.length > MAX_TEXT_BYTES)
    throw new RangeError('an off-chain message of this format is 1 to 1,212 printable ASCII characters');
  const bytes = new Uint8Array(SIGNING_DOMAIN.length + 4 + text.length);
  const put = (at: number, ascii: string): void => {
    for (let i = 0; i < ascii.length; i += 1) bytes[at + i] = ascii.charCodeAt(i);
  };
  put(0, SIGNING_DOMAIN);
  bytes.set([VERSION, RESTRICTED_ASCII, text.length & 0xff, text.length >> 8], SIGNING_DOMAIN.length);
  put(SIGNING_DOMAIN.length + 4, text);
  return bytes;
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
