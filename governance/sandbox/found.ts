import { type Keypair, type PublicKey, TransactionInstruction } from '@solana/web3.js';
import { LOADER, programDataAddress } from '#governance/chain/loader-accounts.ts';
import { initializeProgram } from './initialize-program.ts';
import type { KeyRing } from './keys.ts';
import { Layout } from './layout.ts';
import type { ResolvedOptions } from './options.ts';
import type { SandboxRpc } from './rpc.ts';
import { councilMembers, type SeatName } from './seats.ts';
import { sendAndConfirm } from './send.ts';
import { createCouncil } from './squads.ts';

/** The sandbox's floors under threshold and time lock follow the council, so that a lower one works here. */
const FLOOR_THRESHOLD = 3;
const FLOOR_TIME_LOCK_SECONDS = 600;

export interface Foundation {
  readonly createKey: Keypair;
  readonly council: PublicKey;
  readonly vault: PublicKey;
  readonly programId: PublicKey;
}

/**
 * The bootstrap by real transactions: create the council, initialize the program, move the upgrade authority to the vault.
 * @throws SipError SANDBOX_START_FAILED
 */
export async function foundCouncil(
  rpc: SandboxRpc,
  { members, threshold, timeLockSeconds }: ResolvedOptions,
  ring: KeyRing<SeatName>,
  { createKey, council, vault, programId }: Foundation,
): Promise<void> {
  const creator = ring.of('member-0').keypair;
  const upgradeAuthority = ring.of('upgrade-authority').keypair;
  const key = (name: SeatName) => ring.of(name).keypair.publicKey;

  const create = createCouncil({
    createKey: createKey.publicKey,
    creator: creator.publicKey,
    threshold,
    timeLockSeconds,
    members: councilMembers(members, ring),
  });
  await sendAndConfirm(rpc, 'creating the council', [create], [creator, createKey]);

  const initialize = initializeProgram({
    programId,
    payer: creator.publicKey,
    upgradeAuthority: upgradeAuthority.publicKey,
    council,
    vault,
    minThreshold: Math.min(FLOOR_THRESHOLD, threshold),
    minTimeLockSeconds: Math.min(FLOOR_TIME_LOCK_SECONDS, timeLockSeconds),
    epochAdmin: key('epoch-admin'),
    guardian: key('guardian'),
    gatekeeper: key('gatekeeper'),
  });
  const handOver = setUpgradeAuthority(programId, upgradeAuthority.publicKey, vault);
  await sendAndConfirm(rpc, 'initializing the program', [initialize, handOver], [creator, upgradeAuthority]);
}

/** SetAuthority of loader v3, which does not ask the new authority to sign. */
function setUpgradeAuthority(programId: PublicKey, from: PublicKey, to: PublicKey): TransactionInstruction {
  return new TransactionInstruction({
    programId: LOADER,
    keys: [
      { pubkey: programDataAddress(programId), isSigner: false, isWritable: true },
      { pubkey: from, isSigner: true, isWritable: false },
      { pubkey: to, isSigner: false, isWritable: false },
    ],
    data: Buffer.from(new Layout().u32(4).end()),
  });
}
