import { ed25519 } from '@noble/curves/ed25519';
import bs58 from 'bs58';

/** As strict as a validator: no small-order keys, one form of a signature only. */
export function verifies(signature: Uint8Array, message: Uint8Array, publicKey: string): boolean {
  try {
    return ed25519.verify(signature, message, bs58.decode(publicKey), { zip215: false });
  } catch {
    return false;
  }
}
