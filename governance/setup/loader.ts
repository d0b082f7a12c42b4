import {
  type PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { LOADER, programDataAddress } from '../chain/loader-accounts.ts';

/** Instructions of loader v3, the upgradeable one, in bincode. Its accounts: `chain/loader-accounts.ts`. */

/** First u32 of an instruction. */
export const LOADER_TAGS = { initializeBuffer: 0, write: 1, deploy: 2, setAuthority: 4 } as const;

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
