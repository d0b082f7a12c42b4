import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { PublicKey } from '@solana/web3.js';
import type { Address } from '../types.ts';
import { addressOf } from './address.ts';
import type { RawAccount } from './ports.ts';

/** Accounts of loader v3, the one of programs that can be upgraded; bincode. Its instructions: `setup/loader.ts`. */

export const LOADER = new PublicKey('BPFLoaderUpgradeab1e11111111111111111111111');

/** Tag u32, then for a buffer: authority as option; for a program: address; for its data: slot u64, authority as option. */
export const BUFFER_HEADER_BYTES = 4 + 1 + 32;
export const PROGRAM_BYTES = 4 + 32;
export const PROGRAM_DATA_HEADER_BYTES = 4 + 8 + 1 + 32;

export function programDataAddress(programId: PublicKey): PublicKey {
  return PublicKey.findProgramAddressSync([programId.toBytes()], LOADER)[0];
}

/** SHA-256 of a program's code without the zeros behind it, as `solana-verify` hashes it; hex. */
export function codeHash(elf: Uint8Array): string {
  return bytesToHex(sha256(withoutPadding(elf)));
}

export const withoutPadding = (elf: Uint8Array): Uint8Array =>
  elf.subarray(0, elf.findLastIndex((byte) => byte !== 0) + 1);

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
