import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { Digest } from '../types.ts';
import { canonicalBytes } from './canonical.ts';

/** Version and purpose of the hash, so that it can be no other protocol's. */
const DOMAIN = utf8ToBytes('solayer-sip-v1\0');

/**
 * SHA-256("solayer-sip-v1\0" ‖ canonical bytes), in lower-case hex.
 * @throws SipError SIP_INVALID where the bytes have no canonical form
 */
export function digestOf(bytes: Uint8Array, file?: string): Digest {
  const hash = sha256.create().update(DOMAIN).update(canonicalBytes(bytes, file)).digest();
  return bytesToHex(hash) as Digest;
}
