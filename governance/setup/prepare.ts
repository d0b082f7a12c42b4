import { PublicKey } from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import { programDataAddress } from '../chain/loader-accounts.ts';
import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { restakingPdas, vaultOf } from '../restaking/pdas.ts';
import type { Address } from '../types.ts';
import { councilAddress, vaultAddress } from '../venues/squads/pdas.ts';
import type { SetupAddresses } from './allow.ts';
import type { SetupFile } from './file.ts';
import { hashOf } from './judge.ts';
import { derivedSigner } from './keys.ts';
import { type Facts, requireSquads, type Target } from './read.ts';

export interface SetupRequest {
  readonly file: SetupFile;
  readonly elf: Uint8Array;
  readonly programId: Address;
  /** Null where only its address is at hand: enough once the program is deployed. */
  readonly programKey: Signer | null;
  /** Pays, and is the upgrade authority until that moves to the vault. */
  readonly deployer: Signer;
  /** The file's own, opened; null for one of setup's. */
  readonly createKey: Signer | null;
  readonly genesisHash: string;
}

/** A request with its keys and addresses. */
export interface Prepared {
  readonly request: SetupRequest;
  readonly target: Target & {
    readonly file: SetupFile;
    readonly elf: Uint8Array;
    readonly deployer: Address;
  };
  readonly bufferKey: Signer;
  readonly createKey: Signer;
}

/** Derives the keys. The same request gives the same addresses on every computer. */
export async function prepare(request: SetupRequest): Promise<Prepared> {
  const { file, elf, programId, deployer, genesisHash } = request;
  const where = `program ${programId} on cluster ${genesisHash}`;
  const bufferKey = await derivedSigner(deployer, `buffer with ${hashOf(elf)} for ${where}`);
  const createKey = request.createKey ?? (await derivedSigner(deployer, `council of ${where}`));
  return {
    request,
    target: {
      programId,
      file,
      elf,
      deployer: addressOf(deployer.publicKey),
      buffer: addressOf(bufferKey.publicKey),
      council: file.council ?? addressOf(councilAddress(createKey.publicKey)),
    },
    bufferKey,
    createKey,
  };
}

/** What the closed list is made of. @throws SipError SQUADS_MISSING, INTERNAL where two derivations disagree */
export function addressesOf({ target, bufferKey, createKey }: Prepared, facts: Facts): SetupAddresses {
  const council = facts.councilAddress;
  if (council === null) throw new SipError('INTERNAL', { detail: 'the target names no council' });
  const vault = vaultAddress(keyOf(council));
  // What the program will obey: by Squads' own library and by ours.
  if (addressOf(vault) !== vaultOf(council))
    throw new SipError('INTERNAL', { detail: `two derivations of the vault of ${council} differ` });
  const programId = new PublicKey(target.programId);
  return {
    deployer: keyOf(target.deployer),
    programId,
    programData: programDataAddress(programId),
    buffer: bufferKey.publicKey,
    createKey: createKey.publicKey,
    council: keyOf(council),
    vault,
    config: keyOf(restakingPdas(target.programId).config),
    treasury: keyOf(requireSquads(facts).treasury),
    vaultLamports: target.file.vaultLamports,
  };
}
