import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes } from '@noble/hashes/utils';
import { PublicKey } from '@solana/web3.js';
import type { MembersHash } from '../types.ts';
import type { CouncilMember } from './types.ts';

/** SHA-256 of key ‖ mask of every member in stored order, as the program hashes the multisig's own bytes. */
export function membersHashOf(members: readonly CouncilMember[]): MembersHash {
  const parts = members.map(({ key, mask }) =>
    concatBytes(new PublicKey(key).toBytes(), new Uint8Array([mask])),
  );
  return bytesToHex(sha256(concatBytes(...parts))) as MembersHash;
}
