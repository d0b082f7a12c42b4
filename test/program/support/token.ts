import { sha256 } from '@noble/hashes/sha2';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { TOKEN_PROGRAMS } from '#governance/restaking/pdas.ts';
import type { Address } from '#governance/types.ts';
import type { Chain } from './chain.ts';
import { PROGRAM_ID } from './ids.ts';
import type { Lst } from './lst.ts';
import { pdas } from './world.ts';

/** Instructions of SPL Token by their tag, as an owner could send them past our program. */

const key = (address: Address) => new PublicKey(address);
const u64 = (value: bigint) => new Uint8Array(new BigUint64Array([value]).buffer);

function instruction(owner: Address, writable: readonly Address[], ...data: (number | Uint8Array)[]) {
  return new TransactionInstruction({
    programId: key(TOKEN_PROGRAMS.token),
    keys: [
      ...writable.map((address) => ({ pubkey: key(address), isSigner: false, isWritable: true })),
      { pubkey: key(owner), isSigner: true, isWritable: false },
    ],
    data: Buffer.from(data.flatMap((part) => (typeof part === 'number' ? [part] : [...part]))),
  });
}

export const transfer = (owner: Address, from: Address, to: Address, amount: bigint) =>
  instruction(owner, [from, to], 3, u64(amount));
export const approve = (owner: Address, account: Address, delegate: Address, amount: bigint) =>
  instruction(owner, [account, delegate], 4, u64(amount));
export const setOwner = (owner: Address, account: Address, next: Address) =>
  instruction(owner, [account], 6, 2, 1, key(next).toBytes());
export const burn = (owner: Address, account: Address, mint: Address, amount: bigint) =>
  instruction(owner, [account, mint], 8, u64(amount));
export const closeAccount = (owner: Address, account: Address, to: Address) =>
  instruction(owner, [account, to], 9);

/** Errors of SPL Token by number. */
export const TOKEN_ERROR = {
  insufficientFunds: `${TOKEN_PROGRAMS.token}:1`,
  ownerMismatch: `${TOKEN_PROGRAMS.token}:4`,
  nonNativeHasBalance: `${TOKEN_PROGRAMS.token}:11`,
  accountFrozen: `${TOKEN_PROGRAMS.token}:17`,
};

/** A position as `delegate` will write it, which comes with a later issue. */
export function bind(chain: Chain, lst: Lst, owner: Address, delegated: bigint, unbonding: bigint): void {
  const data = Uint8Array.from([
    ...sha256(new TextEncoder().encode('account:Position')).slice(0, 8),
    ...key(lst.pool).toBytes(),
    ...key(owner).toBytes(),
    ...u64(delegated),
    ...u64(unbonding),
    ...new Uint8Array(1 + 32),
  ]);
  chain.setAccount(pdas.position(lst.pool, owner), PROGRAM_ID, data);
}
