import {
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { addressOf } from '../chain/address.ts';
import type { RawAccount } from '../chain/ports.ts';
import type { Address } from '../types.ts';

/** Loader v3, the upgradeable one: its instructions and accounts, in bincode. */

export const LOADER = new PublicKey('BPFLoaderUpgradeab1e11111111111111111111111');

/** First u32 of an instruction. */
export const LOADER_TAGS = { initializeBuffer: 0, write: 1, deploy: 2, setAuthority: 4 } as const;
/** Tag u32, then for a buffer: authority as option; for a program: address; for its data: slot u64, authority as option. */
export const BUFFER_HEADER_BYTES = 4 + 1 + 32;
export const PROGRAM_BYTES = 4 + 32;
export const PROGRAM_DATA_HEADER_BYTES = 4 + 8 + 1 + 32;

export function programDataAddress(programId: PublicKey): PublicKey {
  return PublicKey.findProgramAddressSync([programId.toBytes()], LOADER)[0];
}

const meta = (pubkey: PublicKey, isWritable: boolean, isSigner = false) => ({ pubkey, isWritable, isSigner });

function loaderInstruction(
  keys: TransactionInstruction['keys'],
  tag: number,
  length = 4,
): { instruction: TransactionInstruction; view: DataView } {
  const data = Buffer.alloc(length);
  data.writeUInt32LE(tag, 0);
  const instruction = new TransactionInstruction({ programId: LOADER, keys, data });
  return { instruction, view: new DataView(data.buffer, data.byteOffset, length) };
}

export function initializeBuffer(buffer: PublicKey, authority: PublicKey): TransactionInstruction {
  const keys = [meta(buffer, true), meta(authority, false)];
  return loaderInstruction(keys, LOADER_TAGS.initializeBuffer).instruction;
}

/** @param offset bytes into the program, the buffer's header not counted */
export function writeChunk(
  buffer: PublicKey,
  authority: PublicKey,
  offset: number,
  chunk: Uint8Array,
): TransactionInstruction {
  const keys = [meta(buffer, true), meta(authority, false, true)];
  const { instruction, view } = loaderInstruction(keys, LOADER_TAGS.write, 16 + chunk.length);
  view.setUint32(4, offset, true);
  view.setBigUint64(8, BigInt(chunk.length), true);
  instruction.data.set(chunk, 16);
  return instruction;
}

/** DeployWithMaxDataLen; the loader returns the buffer's lamports to `authority`, which also pays. */
export function deployProgram(p: {
  readonly programId: PublicKey;
  readonly buffer: PublicKey;
  readonly authority: PublicKey;
  readonly maxDataBytes: number;
}): TransactionInstruction {
  const keys = [
    meta(p.authority, true, true),
    meta(programDataAddress(p.programId), true),
    meta(p.programId, true),
    meta(p.buffer, true),
    meta(SYSVAR_RENT_PUBKEY, false),
    meta(SYSVAR_CLOCK_PUBKEY, false),
    meta(SystemProgram.programId, false),
    meta(p.authority, false, true),
  ];
  const { instruction, view } = loaderInstruction(keys, LOADER_TAGS.deploy, 12);
  view.setBigUint64(4, BigInt(p.maxDataBytes), true);
  return instruction;
}

/** Not the checked form: a vault cannot sign here. */
export function setUpgradeAuthority(
  programId: PublicKey,
  from: PublicKey,
  to: PublicKey,
): TransactionInstruction {
  const keys = [meta(programDataAddress(programId), true), meta(from, false, true), meta(to, false)];
  return loaderInstruction(keys, LOADER_TAGS.setAuthority).instruction;
}

export type LoaderAccount =
  | { readonly kind: 'buffer'; readonly authority: Address | null; readonly elf: Uint8Array }
  | { readonly kind: 'program'; readonly programData: Address }
  | {
      readonly kind: 'program-data';
      readonly slot: bigint;
      readonly authority: Address | null;
      /** With the zeros behind it, where more room was asked for. */
      readonly elf: Uint8Array;
    };

/** Undefined for an account of another program, or of none of these kinds. */
export function decodeLoaderAccount(account: RawAccount | null): LoaderAccount | undefined {
  if (!account?.owner.equals(LOADER)) return undefined;
  const { data } = account;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const tag = data.length < 4 ? undefined : view.getUint32(0, true);
  if (tag === 1 && data.length >= BUFFER_HEADER_BYTES)
    return { kind: 'buffer', authority: optionAt(data, 4), elf: data.subarray(BUFFER_HEADER_BYTES) };
  if (tag === 2 && data.length >= PROGRAM_BYTES)
    return { kind: 'program', programData: addressOf(new PublicKey(data.subarray(4, 36))) };
  if (tag === 3 && data.length >= PROGRAM_DATA_HEADER_BYTES)
    return {
      kind: 'program-data',
      slot: view.getBigUint64(4, true),
      authority: optionAt(data, 12),
      elf: data.subarray(PROGRAM_DATA_HEADER_BYTES),
    };
  return undefined;
}

function optionAt(data: Uint8Array, at: number): Address | null {
  return data[at] === 1 ? addressOf(new PublicKey(data.subarray(at + 1, at + 33))) : null;
}
