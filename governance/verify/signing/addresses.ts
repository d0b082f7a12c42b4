import type { Address } from '../../types.ts';
import { ascii, fromAddress, leBytes } from '../bytes.ts';
import { derive } from '../pda.ts';

/** Addresses of the restaking program's accounts and of token accounts, from what the instruction itself names. */

export const TOKEN = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address;
export const TOKEN_2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb' as Address;
export const ATA = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address;

export const poolOf = (mint: Address, program: Address): Address =>
  derive([ascii('pool'), fromAddress(mint)], program).address;

export const receiptMintOf = (pool: Address, program: Address): Address =>
  derive([ascii('rst'), fromAddress(pool)], program).address;

export const positionOf = (pool: Address, owner: Address, program: Address): Address =>
  derive([ascii('position'), fromAddress(pool), fromAddress(owner)], program).address;

export const epochCapOf = (index: number, pool: Address, program: Address): Address =>
  derive([ascii('epoch-cap'), leBytes(index, 2), fromAddress(pool)], program).address;

export const tokenAccountOf = (owner: Address, mint: Address, tokenProgram: Address): Address =>
  derive([fromAddress(owner), fromAddress(tokenProgram), fromAddress(mint)], ATA).address;

/** Epochs are counted from 0; more than these no protocol will live to see. */
const EPOCHS = 512;

/** Which epoch an account is of; the bytes name its address only. */
export function epochOf(key: Address, program: Address): number | null {
  for (let index = 0; index < EPOCHS; index++)
    if (derive([ascii('epoch'), leBytes(index, 2)], program).address === key) return index;
  return null;
}
