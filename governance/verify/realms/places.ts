import type { Address } from '../../types.ts';
import { type Read, toAddress } from '../bytes.ts';
import type { AccountBytes } from '../input.ts';
import { proposalTransactionAddress } from './addresses.ts';
import { decodeGovernance } from './governance.ts';
import { decodeRealmsProposal } from './proposal.ts';

/** What to read next: each account says where the next one is. */

/** Undefined for an account that the program does not own or that cannot be decoded. */
function decoded<T>(
  program: Address,
  account: AccountBytes | null,
  decode: (data: Uint8Array) => Read<T>,
): T | undefined {
  if (account === null || account.owner !== program) return undefined;
  const read = decode(account.data);
  return read.ok ? read.value : undefined;
}

export function governanceOf(program: Address, proposal: AccountBytes | null): Address | undefined {
  const read = decoded(program, proposal, decodeRealmsProposal);
  return read && toAddress(read.governance);
}

export function realmOf(program: Address, governance: AccountBytes | null): Address | undefined {
  const read = decoded(program, governance, decodeGovernance);
  return read && toAddress(read.realm);
}

export interface TransactionPlace {
  readonly optionIndex: number;
  readonly transactionIndex: number;
  readonly address: Address;
}

/** Wherever a transaction of the proposal may stand; one that was removed again leaves its place empty. */
export function transactionPlaces(
  program: Address,
  proposal: AccountBytes | null,
): readonly TransactionPlace[] {
  const read = decoded(program, proposal, decodeRealmsProposal);
  if (read === undefined) return [];
  return read.options.flatMap(({ nextIndex }, optionIndex) =>
    Array.from({ length: nextIndex }, (_, transactionIndex) => ({
      optionIndex,
      transactionIndex,
      // What was read was there.
      address: proposalTransactionAddress(program, proposal!.address, optionIndex, transactionIndex).address,
    })),
  );
}
