import { sha256 } from '@noble/hashes/sha2';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { Layout } from './layout.ts';
import { dataAccount, LAMPORTS_PER_SOL, type SeedAccount, wallet } from './seed-account.ts';

// Written by hand instead of with @sqds/multisig, whose loading alone takes a third of the second a start may take.

export const SQUADS_PROGRAM = new PublicKey('SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf');
/** Where mainnet's creation fees go; the sandbox asks none. */
const TREASURY = new PublicKey('5DH2e3cJmFpyi6mk65EGFediunm4ui6BiKNUNrhWtD1b');

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const discriminator = (name: string): Uint8Array => sha256(ascii(name)).subarray(0, 8);
const pda = (...seeds: Uint8Array[]): PublicKey =>
  PublicKey.findProgramAddressSync([ascii('multisig'), ...seeds], SQUADS_PROGRAM)[0];

const PROGRAM_CONFIG = pda(ascii('program_config'));

export const councilAddress = (createKey: PublicKey): PublicKey =>
  pda(ascii('multisig'), createKey.toBytes());
export const vaultAddress = (council: PublicKey): PublicKey =>
  pda(council.toBytes(), ascii('vault'), Uint8Array.of(0));

/** Squads' global configuration and treasury, without which it creates no multisig. */
export function squadsAccounts(authority: PublicKey): readonly SeedAccount[] {
  const config = new Layout()
    .bytes(discriminator('account:ProgramConfig'))
    .key(authority)
    .u64(0) // creation fee, lamports
    .key(TREASURY)
    .zeros(64);
  return [dataAccount(PROGRAM_CONFIG, SQUADS_PROGRAM, config.end()), wallet(TREASURY, LAMPORTS_PER_SOL)];
}

export interface CouncilMember {
  readonly key: PublicKey;
  /** Initiate 1, vote 2, execute 4. */
  readonly mask: number;
}

/** multisig_create_v2: no config authority, no rent collector, no memo. Signed by creator and create key. */
export function createCouncil(council: {
  readonly createKey: PublicKey;
  readonly creator: PublicKey;
  readonly threshold: number;
  readonly timeLockSeconds: number;
  readonly members: readonly CouncilMember[];
}): TransactionInstruction {
  const data = new Layout()
    .bytes(discriminator('global:multisig_create_v2'))
    .u8(0)
    .u16(council.threshold)
    .u32(council.members.length);
  for (const { key, mask } of council.members) data.key(key).u8(mask);
  data.u32(council.timeLockSeconds).u8(0).u8(0);
  const meta = (pubkey: PublicKey, isWritable: boolean, isSigner = false) => ({
    pubkey,
    isWritable,
    isSigner,
  });
  return new TransactionInstruction({
    programId: SQUADS_PROGRAM,
    keys: [
      meta(PROGRAM_CONFIG, false),
      meta(TREASURY, true),
      meta(councilAddress(council.createKey), true),
      meta(council.createKey, false, true),
      meta(council.creator, true, true),
      meta(SystemProgram.programId, false),
    ],
    data: Buffer.from(data.end()),
  });
}
