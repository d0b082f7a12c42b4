import { sha256 } from '@noble/hashes/sha2';
import { PublicKey } from '@solana/web3.js';
import { Layout } from '../layout.ts';
import { dataAccount, type SeedAccount } from '../seed-account.ts';
import type { StakePoolAsset } from './fixtures.ts';
import { activeStakeAccount, reserveAccount, STAKE_RENT_LAMPORTS } from './stake.ts';
import { TOKEN_PROGRAM, tokenAccount } from './token.ts';

const POOL_BYTES = 611;
const MAX_VALIDATORS = 20;
const LIST_BYTES = 1 + 4 + 4 + 73 * MAX_VALIDATORS;

/** A tenth can be withdrawn as SOL at once, the rest is staked. */
const RESERVE_SHARE = 10n;

/** Numerator and denominator; the program stores the denominator first. */
type Fee = readonly [numerator: bigint, denominator: bigint];
const NONE: Fee = [0n, 0n];
const EPOCH_FEE: Fee = [5n, 100n];
const WITHDRAWAL_FEE: Fee = [1n, 1_000n];

/** A pool that the real stake pool program works on: pool, validator list, reserve, one validator's stake, fee account. */
export function stakePoolAccounts(lst: StakePoolAsset, manager: PublicKey): readonly SeedAccount[] {
  const freeLamports = lst.totalLamports / RESERVE_SHARE;
  const activeLamports = lst.totalLamports - freeLamports;
  const reserve = reserveAddress(lst);
  return [
    dataAccount(lst.stakePool, lst.poolProgram, poolData(lst, reserve, manager)),
    dataAccount(lst.validatorList, lst.poolProgram, listData(lst.vote, activeLamports)),
    reserveAccount(reserve, lst.withdrawAuthority, freeLamports),
    activeStakeAccount(lst.validatorStake, {
      authority: lst.withdrawAuthority,
      vote: lst.vote,
      // The program counts a validator's stake with its rent.
      stakeLamports: activeLamports - STAKE_RENT_LAMPORTS,
    }),
    tokenAccount(feeAddress(lst), { mint: lst.mint, owner: manager, amountBaseUnits: 0n }),
  ];
}

/** The pool's real reserve where it is known. */
export const reserveAddress = (lst: StakePoolAsset): PublicKey => lst.reserve ?? keyless('reserve', lst);
const feeAddress = (lst: StakePoolAsset): PublicKey => keyless('fee account', lst);

/** An address nobody holds a key for, in place of a real one that is not among the fixtures. */
const keyless = (role: string, lst: StakePoolAsset): PublicKey =>
  new PublicKey(sha256(new TextEncoder().encode(`sandbox ${role} ${lst.stakePool}`)));

function poolData(lst: StakePoolAsset, reserve: PublicKey, manager: PublicKey): Uint8Array {
  const pool = new Layout()
    .u8(1) // account type: stake pool
    .key(manager)
    .key(manager) // staker
    .key(lst.depositAuthority)
    .u8(lst.withdrawBump)
    .key(lst.validatorList)
    .key(reserve)
    .key(lst.mint)
    .key(feeAddress(lst)) // manager's fees
    .key(TOKEN_PROGRAM)
    .u64(lst.totalLamports)
    .u64(lst.supplyBaseUnits)
    .u64(0) // last update: Solana epoch 0, in which the network starts
    .zeros(48); // lockup
  fee(pool, EPOCH_FEE)
    .u8(0) // no next epoch fee
    .u8(0) // no preferred validator for deposits
    .u8(0); // nor for withdrawals
  fee(pool, NONE); // stake deposit
  fee(pool, WITHDRAWAL_FEE).u8(0); // stake withdrawal, no next
  pool.u8(0).u8(0); // stake referral percentage, no SOL deposit authority
  fee(pool, NONE).u8(0).u8(0); // SOL deposit, SOL referral percentage, no SOL withdraw authority
  fee(pool, WITHDRAWAL_FEE).u8(0); // SOL withdrawal, no next
  return pool.u64(lst.supplyBaseUnits).u64(lst.totalLamports).end(POOL_BYTES); // both at the last Solana epoch's end
}

const fee = (layout: Layout, [numerator, denominator]: Fee): Layout => layout.u64(denominator).u64(numerator);

function listData(vote: PublicKey, activeLamports: bigint): Uint8Array {
  return new Layout()
    .u8(2) // account type: validator list
    .u32(MAX_VALIDATORS)
    .u32(1)
    .u64(activeLamports)
    .u64(0) // transient
    .u64(0) // last update
    .u64(0) // transient seed suffix
    .u32(0) // unused
    .u32(0) // validator seed suffix: none
    .u8(0) // active
    .key(vote)
    .end(LIST_BYTES);
}
