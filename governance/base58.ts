import bs58 from 'bs58';
import type { Address } from './types.ts';

/** Whether it is the canonical base58 form of 32 bytes: the only form in which a key is taken from anybody. */
export function isAddress(text: string): text is Address {
  if (text.length < 32 || text.length > 44) return false;
  const bytes = bs58.decodeUnsafe(text);
  return bytes?.length === 32 && bs58.encode(bytes) === text;
}
