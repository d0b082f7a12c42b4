import { BorshAccountsCoder, type Idl } from '@coral-xyz/anchor';
import { PublicKey } from '@solana/web3.js';
import type { RawAccount } from '../chain/ports.ts';
import type { Address } from '../types.ts';
import idl from './generated/restaking.json' with { type: 'json' };
import { toPlain } from './plain.ts';

/** Accounts of the restaking program as plain values. Amounts are base units, times unix seconds. */

export interface Floors {
  readonly minThreshold: number;
  readonly minTimeLock: number;
}
export interface Config {
  readonly bump: number;
  readonly authority: Address;
  readonly epochAdmin: Address;
  readonly guardian: Address;
  readonly gatekeeper: Address;
  readonly guard: {
    readonly venue: 'squads' | 'realms';
    readonly venueAccount: Address;
    readonly floors: Floors;
    readonly voteGovernance: Address;
  };
  readonly pending: {
    readonly authority: Address;
    readonly venueAccount: Address;
    readonly floors: Floors;
    readonly expiresAt: bigint;
    readonly sip: number;
    readonly digest: readonly number[];
  };
  readonly pause: 'off' | 'guardian' | 'council';
  readonly guardianPausedAt: bigint;
  readonly nextEpoch: number;
  readonly nextActivation: number;
  readonly activeEpoch: number | null;
  readonly withdrawalsOpen: boolean;
  readonly sip: number;
}
export interface SipRecord {
  readonly number: number;
  readonly digest: readonly number[];
  readonly part: number;
  readonly parts: number;
  readonly slot: bigint;
  readonly actions: number;
  readonly councilTx: bigint;
  readonly executedAt: bigint;
}
export interface RestakingPool {
  readonly lstMint: Address;
  readonly rstMint: Address;
  readonly decimals: number;
  readonly symbol: string;
  readonly status: 'open' | 'deposits-closed' | 'retired';
  readonly receiptsTransferable: boolean;
  readonly cap: bigint;
  readonly deposited: bigint;
  readonly whitelistedBy: number;
  readonly sip: number;
}
export interface Operator {
  readonly voteAccount: Address;
  readonly authority: Address;
  readonly name: string;
  readonly status: 'active' | 'retired';
  readonly whitelistedBy: number;
  readonly sip: number;
}
export interface EpochTerms {
  readonly opensAt: bigint;
  readonly closesAt: bigint | null;
  readonly access: 'invite-only' | 'open';
  readonly withdrawals: boolean;
}
export interface Epoch {
  readonly index: number;
  readonly terms: EpochTerms;
  readonly status: 'scheduled' | 'active' | 'closed';
  readonly activatedAt: bigint;
  readonly activatedBy: Address;
  readonly closedAt: bigint;
  readonly scheduledBy: number;
  readonly sip: number;
}
export interface EpochCap {
  readonly index: number;
  readonly pool: Address;
  readonly cap: bigint;
  readonly filled: bigint;
  readonly scheduledBy: number;
  readonly sip: number;
}

export interface AccountTypes {
  readonly Config: Config;
  readonly SipRecord: SipRecord;
  readonly RestakingPool: RestakingPool;
  readonly Operator: Operator;
  readonly Epoch: Epoch;
  readonly EpochCap: EpochCap;
}
export type AccountType = keyof AccountTypes;
export const ACCOUNT_TYPES = [
  'Config',
  'SipRecord',
  'RestakingPool',
  'Operator',
  'Epoch',
  'EpochCap',
] as const;

const coder = new BorshAccountsCoder(idl as unknown as Idl);

export function discriminatorOf(type: AccountType): Uint8Array {
  return new Uint8Array(coder.accountDiscriminator(type));
}

/** Undefined unless owner and discriminator are this type's and the data decodes. */
export function decodeAccount<T extends AccountType>(
  type: T,
  account: RawAccount | null,
  programId: Address,
): AccountTypes[T] | undefined {
  if (account?.owner.toBase58() !== programId) return undefined;
  if (!discriminatorOf(type).every((byte, at) => account.data[at] === byte)) return undefined;
  try {
    return toPlain(coder.decode(type, Buffer.from(account.data))) as unknown as AccountTypes[T];
  } catch {
    // Truncated data of a right discriminator: not an account of this type.
    return undefined;
  }
}

export const NO_KEY = PublicKey.default.toBase58() as Address;
export const UNLIMITED_BASE_UNITS = 2n ** 64n - 1n;
