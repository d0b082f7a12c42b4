import type { Address } from '../types.ts';
import { type Cursor, toAddress } from '../verify/bytes.ts';

/** An instruction as a message has it. */
export interface ForeignInstruction {
  readonly programId: Address;
  /** Accounts in order. */
  readonly accounts: readonly Address[];
  readonly data: Uint8Array;
}

/** The n-th account of an instruction. @throws what ends the read, where there is none */
export type AccountAt = (place: number) => Address;

export interface Program {
  readonly addresses: readonly Address[];
  /**
   * One sentence without its full stop. What it does not read to the last byte counts as unknown.
   * @param count of the accounts
   */
  tell(cursor: Cursor, account: AccountAt, count: number): string;
}

export const keyOf = (cursor: Cursor): Address => toAddress(cursor.key());

/** Of token accounts nobody knows the decimals here. */
export const baseUnits = (amount: bigint): string => `${amount} base unit${amount === 1n ? '' : 's'}`;
