import type { PublicKey } from '@solana/web3.js';
import {
  getMultisigPda,
  getProgramConfigPda,
  getProposalPda,
  getSpendingLimitPda,
  getTransactionPda,
  getVaultPda,
  PROGRAM_ID,
} from '@sqds/multisig';

/** Squads v4, the same id on every cluster. */
export const SQUADS_PROGRAM_ID: PublicKey = PROGRAM_ID;

/** The only vault a SIP acts through. */
export const VAULT_INDEX = 0;

export function councilAddress(createKey: PublicKey): PublicKey {
  return getMultisigPda({ createKey })[0];
}

export function vaultAddress(council: PublicKey): PublicKey {
  return getVaultPda({ multisigPda: council, index: VAULT_INDEX })[0];
}

/** An address never changes; those of one council are asked for at each look, and each costs some 0.3 ms. */
const KNOWN = new Map<string, PublicKey>();
const KNOWN_LIMIT = 32_768;

function remembered(id: string, derive: () => PublicKey): PublicKey {
  const before = KNOWN.get(id);
  if (before !== undefined) return before;
  if (KNOWN.size >= KNOWN_LIMIT) KNOWN.clear();
  const derived = derive();
  KNOWN.set(id, derived);
  return derived;
}

export function transactionAddress(council: PublicKey, transactionIndex: bigint): PublicKey {
  return remembered(
    `${council.toBase58()} ${transactionIndex}`,
    () => getTransactionPda({ multisigPda: council, index: transactionIndex })[0],
  );
}

export function proposalAddress(council: PublicKey, transactionIndex: bigint): PublicKey {
  return remembered(
    `${council.toBase58()} ${transactionIndex} proposal`,
    () => getProposalPda({ multisigPda: council, transactionIndex })[0],
  );
}

/** @param createKey of the config action that makes it */
export function spendingLimitAddress(council: PublicKey, createKey: PublicKey): PublicKey {
  return getSpendingLimitPda({ multisigPda: council, createKey })[0];
}

/** Squads' own configuration: creation fee and treasury. */
export function programConfigAddress(): PublicKey {
  return getProgramConfigPda({})[0];
}
