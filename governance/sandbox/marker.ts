import { sha256 } from '@noble/hashes/sha2';
import { PublicKey } from '@solana/web3.js';
import type { Address } from '#governance/types.ts';

/** An address that only the network with this epoch admin funds: tells it from another one on the same port. */
export const markerAddress = (epochAdmin: Address): PublicKey =>
  new PublicKey(sha256(new TextEncoder().encode(`sandbox marker ${epochAdmin}`)));
