import { type PublicKey, StakeProgram, VoteProgram } from '@solana/web3.js';
import { Layout } from '../layout.ts';
import { dataAccount, rentLamports, type SeedAccount } from '../seed-account.ts';

const STAKE_BYTES = 200;
const VOTE_BYTES = 3_762;
const U64_MAX = (1n << 64n) - 1n;

export const STAKE_RENT_LAMPORTS = rentLamports(STAKE_BYTES);

/** StakeStateV2: tag, rent, staker and withdrawer, no lockup. */
const meta = (tag: 1 | 2, authority: PublicKey): Layout =>
  new Layout().u32(tag).u64(STAKE_RENT_LAMPORTS).key(authority).key(authority).zeros(48);

/** A stake account that is initialized and delegates nothing. */
export function reserveAccount(address: PublicKey, authority: PublicKey, freeLamports: bigint): SeedAccount {
  const account = dataAccount(address, StakeProgram.programId, meta(1, authority).end(STAKE_BYTES));
  return { ...account, lamports: account.lamports + freeLamports };
}

/**
 * A stake account delegating `stakeLamports`, fully active from the start: activation epoch u64::MAX is genesis
 * stake, which needs no stake history (the network's is empty).
 */
export function activeStakeAccount(
  address: PublicKey,
  stake: { authority: PublicKey; vote: PublicKey; stakeLamports: bigint },
): SeedAccount {
  const data = meta(2, stake.authority)
    .key(stake.vote)
    .u64(stake.stakeLamports)
    .u64(U64_MAX) // activation epoch
    .u64(U64_MAX) // deactivation epoch: never
    .bytes(new Uint8Array(new Float64Array([0.25]).buffer)) // warm-up rate, unused since long
    .u64(0); // credits observed
  const account = dataAccount(address, StakeProgram.programId, data.end(STAKE_BYTES));
  return { ...account, lamports: account.lamports + stake.stakeLamports };
}

/** A validator's vote account, VoteState of version 2 ("current" up to 2025), that never voted. */
export function voteAccount(address: PublicKey, node: PublicKey, commissionPercent: number): SeedAccount {
  const data = new Layout()
    .u32(2)
    .key(node)
    .key(node) // authorized withdrawer
    .u8(commissionPercent)
    .u64(0) // votes
    .u8(0) // no root slot
    .u64(1) // authorized voters: one from Solana epoch 0 on
    .u64(0)
    .key(node)
    .zeros(32 * 48) // prior voters: a ring of 32
    .u64(31) // its index
    .u8(true) // it is empty
    .u64(0) // Solana epoch credits
    .zeros(16); // last timestamp: slot, unix seconds
  return dataAccount(address, VoteProgram.programId, data.end(VOTE_BYTES));
}
