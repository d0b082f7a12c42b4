import { PublicKey } from '@solana/web3.js';
import { keyOf } from '../chain/address.ts';
import { decodeLoaderAccount } from '../chain/loader-accounts.ts';
import type { ChainReader, RawAccount } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import type { LocalChain } from './svm.ts';

/** Loader v2: the account of a program is its binary. */
const LOADER_2 = 'BPFLoader2111111111111111111111111111111111';
/** Programs of the runtime itself: System, ComputeBudget and the like. */
const NATIVE_LOADER = 'NativeLoader1111111111111111111111111111111';
const SYSVAR_OWNER = 'Sysvar1111111111111111111111111111111111111';

/**
 * Brings the accounts as the chain has them into the local one: programs with their binaries, native programs and
 * sysvars left as the runtime makes them.
 * @returns those that there are, by address
 * @throws SipError of the reader; PROGRAM_UNREADABLE where a program's binary can't be read
 */
export async function bringAccounts(
  reader: ChainReader,
  keys: readonly PublicKey[],
  chain: LocalChain,
): Promise<ReadonlyMap<string, RawAccount>> {
  const { accounts } = await reader.getAccounts(keys);
  const there = accounts.flatMap((account) => account ?? []);
  const programs = there.filter(({ executable, owner }) => executable && owner.toBase58() !== NATIVE_LOADER);
  const binaries = await readBinaries(reader, programs);
  for (const [program, elf] of binaries) chain.putProgram(new PublicKey(program), elf);
  for (const account of there) {
    const owner = account.owner.toBase58();
    if (!account.executable && owner !== SYSVAR_OWNER && owner !== NATIVE_LOADER) chain.put(account);
  }
  return new Map(there.map((account) => [account.address.toBase58(), account]));
}

async function readBinaries(
  reader: ChainReader,
  programs: readonly RawAccount[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const behind: { readonly program: string; readonly data: PublicKey }[] = [];
  for (const account of programs) {
    const program = account.address.toBase58();
    const decoded = decodeLoaderAccount(account);
    if (account.owner.toBase58() === LOADER_2) found.set(program, account.data);
    else if (decoded?.kind === 'program') behind.push({ program, data: keyOf(decoded.programData) });
    else throw unreadable(program, `its loader ${account.owner.toBase58()} is not known here`);
  }
  const { accounts } = await reader.getAccounts(behind.map(({ data }) => data));
  for (const [at, { program }] of behind.entries()) {
    const content = decodeLoaderAccount(accounts[at] ?? null);
    if (content?.kind !== 'program-data') throw unreadable(program, 'it has been closed');
    found.set(program, content.elf);
  }
  return found;
}

const unreadable = (program: string, reason: string) =>
  new SipError('PROGRAM_UNREADABLE', { program, reason });
