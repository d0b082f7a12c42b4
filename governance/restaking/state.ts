import { PublicKey } from '@solana/web3.js';
import type { ChainReader } from '../chain/ports.ts';
import type { Address } from '../types.ts';
import {
  ACCOUNT_TYPES,
  type AccountType,
  type AccountTypes,
  type Config,
  decodeAccount,
  discriminatorOf,
} from './accounts.ts';
import { restakingPdas } from './pdas.ts';

export type AccountMap<T extends AccountType> = ReadonlyMap<Address, AccountTypes[T]>;

/** All accounts of the program, by address; `config` is undefined where the program is not initialized. */
export interface ProgramState {
  readonly config: Config | undefined;
  readonly accounts: { readonly [T in AccountType]: AccountMap<T> };
}

async function readType<T extends AccountType>(
  reader: ChainReader,
  programId: Address,
  type: T,
): Promise<AccountMap<T>> {
  const filter = { memcmp: [{ offset: 0, bytes: discriminatorOf(type) }] };
  const found = await reader.getProgramAccounts(new PublicKey(programId), filter);
  const decoded = found.map(
    (raw) => [raw.address.toBase58() as Address, decodeAccount(type, raw, programId)] as const,
  );
  return new Map(decoded.flatMap(([address, value]) => (value ? [[address, value] as const] : [])));
}

/** @throws SipError of the reader only. */
export async function readProgramState(reader: ChainReader, programId: Address): Promise<ProgramState> {
  const maps = await Promise.all(ACCOUNT_TYPES.map((type) => readType(reader, programId, type)));
  const accounts = Object.fromEntries(
    ACCOUNT_TYPES.map((type, at) => [type, maps[at]]),
  ) as unknown as ProgramState['accounts'];
  return { config: accounts.Config.get(restakingPdas(programId).config), accounts };
}

/** Reads one account; undefined where it is not there or not of this type. */
export async function readAccount<T extends AccountType>(
  reader: ChainReader,
  programId: Address,
  type: T,
  address: Address,
): Promise<AccountTypes[T] | undefined> {
  const { accounts } = await reader.getAccounts([new PublicKey(address)]);
  return decodeAccount(type, accounts[0] ?? null, programId);
}
