import { PublicKey } from '@solana/web3.js';
import type { Address } from '../types.ts';

export function addressOf(key: PublicKey): Address {
  return key.toBase58() as Address;
}

export function keyOf(address: Address): PublicKey {
  return new PublicKey(address);
}
