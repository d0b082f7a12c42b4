import { sha256 } from '@noble/hashes/sha2';
import {
  ComputeBudgetProgram,
  type MessageCompiledInstruction,
  type PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  VersionedMessage,
} from '@solana/web3.js';
import { LOADER } from '../chain/loader-accounts.ts';
import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { programConfigAddress, SQUADS_PROGRAM_ID } from '../venues/squads/pdas.ts';
import { LOADER_TAGS } from './loader.ts';

/**
 * The closed list of what setup signs, read from the very bytes that are signed. It shares nothing with the grammar of
 * the signer, which never signs any of this.
 */

/** The accounts of one deployment; an instruction that touches another is not on the list. */
export interface SetupAddresses {
  readonly deployer: PublicKey;
  readonly programId: PublicKey;
  readonly programData: PublicKey;
  readonly buffer: PublicKey;
  readonly createKey: PublicKey;
  readonly council: PublicKey;
  readonly vault: PublicKey;
  readonly config: PublicKey;
  /** Of Squads. */
  readonly treasury: PublicKey;
  /** The most that may go to the vault at once. */
  readonly vaultLamports: bigint;
}

/** The signer, for messages on the list only. @throws SipError SETUP_NOT_ON_LIST from `sign` */
export function setupSigner(signer: Signer, addresses: SetupAddresses): Signer {
  return {
    publicKey: signer.publicKey,
    async sign(message) {
      const reason = reasonAgainst(message, addresses);
      if (reason !== null) throw new SipError('SETUP_NOT_ON_LIST', { reason });
      return signer.sign(message);
    },
  };
}

/** Null where every instruction of the message is on the list. */
export function reasonAgainst(message: Uint8Array, addresses: SetupAddresses): string | null {
  const {
    staticAccountKeys: keys,
    compiledInstructions,
    addressTableLookups,
  } = VersionedMessage.deserialize(message);
  if (addressTableLookups.length > 0) return 'it loads accounts from a lookup table';
  if (!keys[0]?.equals(addresses.deployer)) return 'another key than the deployer pays';
  const at = compiledInstructions.findIndex((instruction) => !isOnList(instruction, keys, addresses));
  return at < 0 ? null : `instruction ${at} is not one that setup sends`;
}

type Wanted = PublicKey | readonly PublicKey[];

function isOnList(
  { programIdIndex, accountKeyIndexes, data }: MessageCompiledInstruction,
  keys: readonly PublicKey[],
  a: SetupAddresses,
): boolean {
  const program = keys[programIdIndex];
  const touches = (...wanted: readonly Wanted[]): boolean =>
    accountKeyIndexes.length === wanted.length &&
    wanted.every((one, at) => {
      const key = keys[accountKeyIndexes[at] ?? -1];
      return key !== undefined && (Array.isArray(one) ? one : [one]).some((other) => key.equals(other));
    });
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const keyAt = (at: number, key: PublicKey) => startsWith(data.subarray(at), key.toBytes());
  const system = SystemProgram.programId;

  if (program?.equals(ComputeBudgetProgram.programId))
    return touches() && ((data[0] === 2 && data.length === 5) || (data[0] === 3 && data.length === 9));

  if (program?.equals(system)) {
    const made = [a.buffer, a.programId] as const;
    const tag = data.length < 4 ? undefined : view.getUint32(0, true);
    // CreateAccount: lamports u64, space u64, owner
    if (tag === 0) return data.length === 52 && touches(a.deployer, made) && keyAt(20, LOADER);
    if (tag === 1) return data.length === 36 && touches(made) && keyAt(4, LOADER); // Assign
    if (tag === 8) return data.length === 12 && touches(made); // Allocate
    if (tag !== 2 || data.length !== 12) return false; // Transfer
    return (
      touches(a.deployer, made) ||
      (touches(a.deployer, a.vault) && view.getBigUint64(4, true) <= a.vaultLamports)
    );
  }

  if (program?.equals(LOADER)) {
    const tag = data.length < 4 ? undefined : view.getUint32(0, true);
    if (tag === LOADER_TAGS.initializeBuffer) return data.length === 4 && touches(a.buffer, a.deployer);
    if (tag === LOADER_TAGS.write) return touches(a.buffer, a.deployer);
    if (tag === LOADER_TAGS.setAuthority)
      return data.length === 4 && touches(a.programData, a.deployer, a.vault);
    const [rent, clock] = [SYSVAR_RENT_PUBKEY, SYSVAR_CLOCK_PUBKEY];
    return (
      tag === LOADER_TAGS.deploy &&
      data.length === 12 &&
      touches(a.deployer, a.programData, a.programId, a.buffer, rent, clock, system, a.deployer)
    );
  }

  if (program?.equals(SQUADS_PROGRAM_ID))
    return (
      touches(programConfigAddress(), a.treasury, a.council, a.createKey, a.deployer, system) &&
      isOwnCouncil(data, view)
    );

  if (program?.equals(a.programId))
    return (
      startsWith(data, INITIALIZE) &&
      keyAt(8, a.vault) &&
      touches(a.deployer, a.deployer, a.config, a.council, a.programId, a.programData, system)
    );

  return false;
}

const discriminator = (name: string): Uint8Array =>
  sha256(new TextEncoder().encode(`global:${name}`)).subarray(0, 8);
const MULTISIG_CREATE_V2 = discriminator('multisig_create_v2');
const INITIALIZE = discriminator('initialize');

/** config_authority none, threshold u16, members (key and mask), time_lock u32, rent_collector none, memo none. */
function isOwnCouncil(data: Uint8Array, view: DataView): boolean {
  if (!startsWith(data, MULTISIG_CREATE_V2) || data[8] !== 0 || data.length < 15) return false;
  const end = 15 + 33 * view.getUint32(11, true) + 4;
  return data.length === end + 2 && data[end] === 0 && data[end + 1] === 0;
}

function startsWith(data: Uint8Array, start: Uint8Array): boolean {
  return data.length >= start.length && start.every((byte, at) => data[at] === byte);
}
