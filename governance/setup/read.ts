import { SystemProgram } from '@solana/web3.js';
import { accounts as squads } from '@sqds/multisig';
import { addressOf, keyOf } from '../chain/address.ts';
import { decodeLoaderAccount, programDataAddress } from '../chain/loader-accounts.ts';
import type { ChainReader, RawAccount } from '../chain/ports.ts';
import { isSipError, SipError } from '../errors.ts';
import { type Config, decodeAccount } from '../restaking/accounts.ts';
import { restakingPdas, vaultOf } from '../restaking/pdas.ts';
import type { Address } from '../types.ts';
import { programConfigAddress, SQUADS_PROGRAM_ID } from '../venues/squads/pdas.ts';
import { type Council, decodeCouncil } from '../venues/squads/state.ts';
import type { SetupFile } from './file.ts';

/** What the chain says of a deployment. It alone decides what is left to do. */

/** What setup is to reach; parts that nobody named are null. */
export interface Target {
  readonly programId: Address;
  readonly file: SetupFile | null;
  readonly elf: Uint8Array | null;
  readonly deployer: Address | null;
  readonly buffer: Address | null;
  /** The council's address, until the program's Config says which one it obeys. */
  readonly council: Address | null;
}

/** Something else stands at the address. */
interface Foreign {
  readonly kind: 'foreign';
  readonly reason: string;
}
interface Nothing {
  readonly kind: 'none';
}

export interface Facts {
  readonly slot: bigint;
  readonly programData: Address;
  readonly program:
    | Nothing
    | Foreign
    | {
        readonly kind: 'deployed';
        readonly slot: bigint;
        readonly authority: Address | null;
        readonly elf: Uint8Array;
      };
  /** Lamports at addresses that setup is about to make accounts at: anyone may send some there beforehand. */
  readonly lamports: {
    readonly program: bigint;
    readonly buffer: bigint;
    readonly vault: bigint;
    readonly deployer: bigint;
  };
  readonly buffer:
    | Nothing
    | Foreign
    | { readonly kind: 'buffer'; readonly authority: Address | null; readonly elf: Uint8Array };
  readonly config: Nothing | Foreign | { readonly kind: 'config'; readonly config: Config };
  readonly configAddress: Address;
  readonly councilAddress: Address | null;
  readonly vault: Address | null;
  readonly council: Nothing | Foreign | { readonly kind: 'council'; readonly council: Council };
  /** Squads' own configuration; null where Squads is not set up on this cluster. */
  readonly squads: { readonly treasury: Address; readonly creationFeeLamports: bigint } | null;
}

const NONE: Nothing = { kind: 'none' };
const foreign = (reason: string): Foreign => ({ kind: 'foreign', reason });

/** @throws SipError of the reader only. */
export async function readFacts(reader: ChainReader, target: Target): Promise<Facts> {
  const programId = keyOf(target.programId);
  const configAddress = restakingPdas(target.programId).config;
  const programData = programDataAddress(programId);
  const named = [target.buffer, target.deployer].map((address) => address ?? target.programId);
  const { slot, accounts } = await reader.getAccounts([
    programId,
    programData,
    keyOf(configAddress),
    programConfigAddress(),
    ...named.map(keyOf),
  ]);
  const [program = null, data = null, configAccount = null, squadsAccount = null] = accounts;
  const bufferAccount = target.buffer === null ? null : (accounts[4] ?? null);
  const deployerAccount = target.deployer === null ? null : (accounts[5] ?? null);

  const config = readConfig(configAccount, target.programId);
  const obeyed = config.kind === 'config' ? config.config.guard.venueAccount : null;
  const councilAddress = target.file?.council ?? obeyed ?? target.council;
  const vault = councilAddress === null ? null : vaultOf(councilAddress);
  const second =
    councilAddress === null || vault === null
      ? []
      : (await reader.getAccounts([keyOf(councilAddress), keyOf(vault)])).accounts;

  return {
    slot,
    programData: addressOf(programData),
    program: readProgram(program, data, addressOf(programData)),
    lamports: {
      program: program?.lamports ?? 0n,
      buffer: bufferAccount?.lamports ?? 0n,
      vault: second[1]?.lamports ?? 0n,
      deployer: deployerAccount?.lamports ?? 0n,
    },
    buffer: readBuffer(bufferAccount),
    config,
    configAddress,
    councilAddress,
    vault,
    council: councilAddress === null ? NONE : readCouncilAccount(councilAddress, second[0] ?? null),
    squads: readSquads(squadsAccount),
  };
}

/** Lamports alone are no account yet. */
const isEmpty = (account: RawAccount | null): account is null =>
  account === null || (account.owner.equals(SystemProgram.programId) && account.data.length === 0);

function readProgram(
  program: RawAccount | null,
  data: RawAccount | null,
  programData: Address,
): Facts['program'] {
  if (isEmpty(program)) {
    // The loader makes this account itself, in a way that fails where it holds lamports.
    if (data !== null && data.lamports > 0n)
      return foreign(`its data account ${programData} holds lamports, so no program can be deployed here`);
    return NONE;
  }
  const decoded = decodeLoaderAccount(program);
  if (decoded?.kind !== 'program') return foreign(`an account of ${program.owner.toBase58()} stands there`);
  const content = decodeLoaderAccount(data);
  if (decoded.programData !== programData || content?.kind !== 'program-data')
    return foreign('the program has been closed; its address can never be used again');
  return { kind: 'deployed', slot: content.slot, authority: content.authority, elf: content.elf };
}

function readBuffer(account: RawAccount | null): Facts['buffer'] {
  if (isEmpty(account)) return NONE;
  const decoded = decodeLoaderAccount(account);
  return decoded?.kind === 'buffer' ? decoded : foreign('it is no buffer');
}

function readConfig(account: RawAccount | null, programId: Address): Facts['config'] {
  if (isEmpty(account)) return NONE;
  const config = decodeAccount('Config', account, programId);
  return config ? { kind: 'config', config } : foreign('its data cannot be read');
}

function readCouncilAccount(address: Address, account: RawAccount | null): Facts['council'] {
  if (isEmpty(account)) return NONE;
  try {
    return { kind: 'council', council: decodeCouncil(address, account) };
  } catch (error) {
    if (isSipError(error, 'NOT_A_COUNCIL')) return foreign(String(error.facts.reason));
    throw error;
  }
}

function readSquads(account: RawAccount | null): Facts['squads'] {
  if (!account?.owner.equals(SQUADS_PROGRAM_ID)) return null;
  try {
    const { treasury, multisigCreationFee } = squads.ProgramConfig.deserialize(Buffer.from(account.data))[0];
    return { treasury: addressOf(treasury), creationFeeLamports: BigInt(multisigCreationFee.toString()) };
  } catch {
    return null; // an account of another kind: the same as none
  }
}

/** @throws SipError SQUADS_MISSING */
export function requireSquads(facts: Facts): NonNullable<Facts['squads']> {
  if (facts.squads === null)
    throw new SipError('SQUADS_MISSING', { account: programConfigAddress().toBase58() });
  return facts.squads;
}
