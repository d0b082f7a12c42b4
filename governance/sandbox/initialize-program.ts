import { sha256 } from '@noble/hashes/sha2';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { programDataAddress } from '#governance/chain/loader-accounts.ts';
import { Layout } from './layout.ts';

export interface ProgramSetup {
  readonly programId: PublicKey;
  readonly payer: PublicKey;
  readonly upgradeAuthority: PublicKey;
  readonly council: PublicKey;
  readonly vault: PublicKey;
  readonly minThreshold: number;
  readonly minTimeLockSeconds: number;
  readonly epochAdmin: PublicKey;
  readonly guardian: PublicKey;
  readonly gatekeeper: PublicKey;
}

const VENUE_SQUADS = 0;

/** `initialize` of the restaking program, signed by payer and upgrade authority. */
export function initializeProgram(setup: ProgramSetup): TransactionInstruction {
  const ascii = (text: string) => new TextEncoder().encode(text);
  const [config] = PublicKey.findProgramAddressSync([ascii('config')], setup.programId);
  const data = new Layout()
    .bytes(sha256(ascii('global:initialize')).subarray(0, 8))
    .key(setup.vault)
    .u8(VENUE_SQUADS)
    .u16(setup.minThreshold)
    .u32(setup.minTimeLockSeconds)
    .key(setup.epochAdmin)
    .key(setup.guardian)
    .key(setup.gatekeeper);
  const read = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: false });
  return new TransactionInstruction({
    programId: setup.programId,
    keys: [
      { pubkey: setup.payer, isSigner: true, isWritable: true },
      { pubkey: setup.upgradeAuthority, isSigner: true, isWritable: false },
      { pubkey: config, isSigner: false, isWritable: true },
      read(setup.council),
      read(setup.programId),
      read(programDataAddress(setup.programId)),
      read(SystemProgram.programId),
    ],
    data: Buffer.from(data.end()),
  });
}
