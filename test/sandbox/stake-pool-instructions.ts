import {
  PublicKey as Key,
  type PublicKey,
  StakeProgram,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SYSVAR_STAKE_HISTORY_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { Layout } from '#governance/sandbox/layout.ts';
import type { StakePoolAsset } from '#governance/sandbox/lsts/fixtures.ts';
import { TOKEN_PROGRAM } from '#governance/sandbox/lsts/token.ts';

/** Instructions of the stake pool program at whatever id; the SDK knows only SPL's own. Numbers: its instruction enum. */

const STAKE_CONFIG = new Key('StakeConfig11111111111111111111111111111111');

/** What a pool account says of itself, read at the layout's offsets. */
export interface PoolState {
  readonly reserve: PublicKey;
  readonly feeAccount: PublicKey;
  readonly totalLamports: bigint;
  readonly supplyBaseUnits: bigint;
  readonly lastUpdateEpoch: bigint;
}

export function readPool(data: Buffer): PoolState {
  return {
    reserve: new Key(data.subarray(130, 162)),
    feeAccount: new Key(data.subarray(194, 226)),
    totalLamports: data.readBigUInt64LE(258),
    supplyBaseUnits: data.readBigUInt64LE(266),
    lastUpdateEpoch: data.readBigUInt64LE(274),
  };
}

const read = (pubkey: PublicKey, isSigner = false) => ({ pubkey, isSigner, isWritable: false });
const write = (pubkey: PublicKey, isSigner = false) => ({ pubkey, isSigner, isWritable: true });
const instruction = (pool: StakePoolAsset, keys: ReturnType<typeof read>[], data: Layout) =>
  new TransactionInstruction({ programId: pool.poolProgram, keys, data: Buffer.from(data.end()) });

interface User {
  readonly owner: PublicKey;
  readonly tokens: PublicKey;
}

export const depositSol = (lst: StakePoolAsset, pool: PoolState, { owner, tokens }: User, lamports: bigint) =>
  instruction(
    lst,
    [
      write(lst.stakePool),
      read(lst.withdrawAuthority),
      write(pool.reserve),
      write(owner, true),
      write(tokens),
      write(pool.feeAccount),
      write(tokens), // referrer
      write(lst.mint),
      read(SystemProgram.programId),
      read(TOKEN_PROGRAM),
    ],
    new Layout().u8(14).u64(lamports),
  );

export const withdrawSol = (
  lst: StakePoolAsset,
  pool: PoolState,
  { owner, tokens }: User,
  baseUnits: bigint,
) =>
  instruction(
    lst,
    [
      write(lst.stakePool),
      read(lst.withdrawAuthority),
      read(owner, true),
      write(tokens),
      write(pool.reserve),
      write(owner),
      write(pool.feeAccount),
      write(lst.mint),
      read(SYSVAR_CLOCK_PUBKEY),
      read(SYSVAR_STAKE_HISTORY_PUBKEY),
      read(StakeProgram.programId),
      read(TOKEN_PROGRAM),
    ],
    new Layout().u8(16).u64(baseUnits),
  );

/** The two updates and the clean-up that a pool needs in every new Solana epoch, for its first validators. */
export const updatePool = (lst: StakePoolAsset, pool: PoolState, votes: readonly PublicKey[]) => [
  instruction(
    lst,
    [
      read(lst.stakePool),
      read(lst.withdrawAuthority),
      write(lst.validatorList),
      write(pool.reserve),
      read(SYSVAR_CLOCK_PUBKEY),
      read(SYSVAR_STAKE_HISTORY_PUBKEY),
      read(StakeProgram.programId),
      ...votes.flatMap((vote) => [write(validatorStake(lst, vote)), write(transientStake(lst, vote))]),
    ],
    new Layout().u8(6).u32(0).u8(false),
  ),
  instruction(
    lst,
    [
      write(lst.stakePool),
      read(lst.withdrawAuthority),
      write(lst.validatorList),
      read(pool.reserve),
      write(pool.feeAccount),
      write(lst.mint),
      read(TOKEN_PROGRAM),
    ],
    new Layout().u8(7),
  ),
  instruction(lst, [read(lst.stakePool), write(lst.validatorList)], new Layout().u8(8)),
];

export const addValidator = (lst: StakePoolAsset, pool: PoolState, staker: PublicKey, vote: PublicKey) =>
  instruction(
    lst,
    [
      write(lst.stakePool),
      read(staker, true),
      write(pool.reserve),
      read(lst.withdrawAuthority),
      write(lst.validatorList),
      write(validatorStake(lst, vote)),
      read(vote),
      read(SYSVAR_RENT_PUBKEY),
      read(SYSVAR_CLOCK_PUBKEY),
      read(SYSVAR_STAKE_HISTORY_PUBKEY),
      read(STAKE_CONFIG),
      read(SystemProgram.programId),
      read(StakeProgram.programId),
    ],
    new Layout().u8(1).u32(0),
  );

const validatorStake = (lst: StakePoolAsset, vote: PublicKey): PublicKey =>
  Key.findProgramAddressSync([vote.toBytes(), lst.stakePool.toBytes()], lst.poolProgram)[0];

const transientStake = (lst: StakePoolAsset, vote: PublicKey): PublicKey =>
  Key.findProgramAddressSync(
    [new TextEncoder().encode('transient'), vote.toBytes(), lst.stakePool.toBytes(), new Uint8Array(8)],
    lst.poolProgram,
  )[0];
