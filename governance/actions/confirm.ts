import { PublicKey } from '@solana/web3.js';
import type { ChainReader } from '../chain/ports.ts';
import { type AccountType, decodeAccount } from '../restaking/accounts.ts';
import type { Address } from '../types.ts';
import type { Expectation } from './action.ts';

export interface FieldDifference {
  readonly account: Address;
  readonly type: AccountType;
  /** Path of the field, or '' for the account itself. */
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What is on chain against what was expected; empty when all of it is there. */
export async function confirmExpectations(
  expectations: readonly Expectation[],
  reader: ChainReader,
  programId: Address,
): Promise<readonly FieldDifference[]> {
  const keys = expectations.map((expectation) => new PublicKey(expectation.account));
  const { accounts } = await reader.getAccounts(keys);
  return expectations.flatMap((expectation, at) =>
    differences(expectation, decodeAccount(expectation.type, accounts[at] ?? null, programId)),
  );
}

function differences(expectation: Expectation, actual: unknown): readonly FieldDifference[] {
  const { account, type, fields } = expectation;
  if (fields === null)
    return actual === undefined ? [] : [{ account, type, field: '', expected: null, actual: 'present' }];
  if (actual === undefined) return [{ account, type, field: '', expected: 'present', actual: null }];
  return Object.entries(fields).flatMap(([field, expected]) => {
    const found = at(actual, field);
    return found === expected ? [] : [{ account, type, field, expected, actual: found }];
  });
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
