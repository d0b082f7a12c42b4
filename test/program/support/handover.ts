import type { TransactionInstruction } from '@solana/web3.js';
import { type Accounts, buildInstruction } from '#governance/restaking/instructions.ts';
import { Council, type CouncilOptions } from './council.ts';
import { PROGRAM_ID } from './ids.ts';
import type { Offer } from './instructions.ts';
import { digestOf, pdas, type World } from './world.ts';

/** Two of two, time lock 900 s: unlike the old one in every respect. */
export function newCouncil(w: World, options: CouncilOptions = {}): Council {
  return new Council(w.chain, { masks: [7, 7], threshold: 2, timeLock: 900, ...options });
}

export function offerTo(council: Council, expiresAt: bigint, changed: Partial<Offer> = {}): Offer {
  return {
    newAuthority: council.vaultAddress,
    venueAccount: council.address,
    floors: { minThreshold: 2, minTimeLock: 900 },
    expiresAt,
    ...changed,
  };
}

export interface AcceptanceOverrides {
  readonly digest?: Uint8Array;
  readonly councilTx?: bigint;
  readonly accounts?: Accounts;
}

/** Names the council's next transaction: take it right before proposing. */
export function acceptance(
  council: Council,
  sip: number,
  o: AcceptanceOverrides = {},
): TransactionInstruction {
  const accounts = {
    authority: council.vaultAddress,
    config: pdas.config,
    council: council.address,
    ...o.accounts,
  };
  const args = { sip, digest: o.digest ?? digestOf(sip), councilTx: o.councilTx ?? council.nextIndex };
  return buildInstruction('accept_authority', PROGRAM_ID, accounts, { args });
}
