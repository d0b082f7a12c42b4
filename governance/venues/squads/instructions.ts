import type { AccountMeta, PublicKey, TransactionInstruction } from '@solana/web3.js';
import { generated, instructions as sdk, type types, utils } from '@sqds/multisig';
import type { StoredMessage } from './message.ts';
import { councilAddress, proposalAddress, transactionAddress, VAULT_INDEX, vaultAddress } from './pdas.ts';

/** The Squads instructions the console uses, without memo. The member who signs pays fee and rent. */

interface Target {
  readonly council: PublicKey;
  readonly transactionIndex: bigint;
}
type ByMember = Target & { readonly member: PublicKey };
type ByCreator = Target & { readonly creator: PublicKey };

/** @param message wire form, see message.ts */
export function vaultTransactionCreate(
  p: ByCreator & { readonly message: Uint8Array },
): TransactionInstruction {
  return generated.createVaultTransactionCreateInstruction(
    {
      multisig: p.council,
      transaction: transactionAddress(p.council, p.transactionIndex),
      creator: p.creator,
      rentPayer: p.creator,
    },
    { args: { vaultIndex: VAULT_INDEX, ephemeralSigners: 0, transactionMessage: p.message, memo: null } },
  );
}

/** Active at once, never a draft. */
export function proposalCreate(p: ByCreator): TransactionInstruction {
  return sdk.proposalCreate({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    creator: p.creator,
  });
}

export function proposalActivate(p: ByMember): TransactionInstruction {
  return sdk.proposalActivate({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    member: p.member,
  });
}

export function proposalApprove(p: ByMember): TransactionInstruction {
  return sdk.proposalApprove({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    member: p.member,
  });
}

export function proposalReject(p: ByMember): TransactionInstruction {
  return sdk.proposalReject({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    member: p.member,
  });
}

export function proposalCancel(p: ByMember): TransactionInstruction {
  return sdk.proposalCancel({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    member: p.member,
  });
}

/** Enlarges the proposal account where needed. Not every deployment has it: see cancel-v2.ts. */
export function proposalCancelV2(p: ByMember): TransactionInstruction {
  return sdk.proposalCancelV2({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    member: p.member,
  });
}

/** @param message as stored on chain; it must hold neither lookup tables nor ephemeral signers */
export function vaultTransactionExecute(
  p: ByMember & { readonly message: StoredMessage },
): TransactionInstruction {
  const vault = vaultAddress(p.council);
  const accounts: AccountMeta[] = p.message.accountKeys.map((pubkey, i) => ({
    pubkey,
    isWritable: utils.isStaticWritableIndex(p.message, i),
    // The vault signs by its seeds inside the program, never on the transaction.
    isSigner: utils.isSignerIndex(p.message, i) && !pubkey.equals(vault),
  }));
  return generated.createVaultTransactionExecuteInstruction({
    multisig: p.council,
    proposal: proposalAddress(p.council, p.transactionIndex),
    transaction: transactionAddress(p.council, p.transactionIndex),
    member: p.member,
    anchorRemainingAccounts: accounts,
  });
}

export interface NewCouncil {
  /** Signs too; the council's address is derived from it. */
  readonly createKey: PublicKey;
  readonly creator: PublicKey;
  /** From Squads' ProgramConfig account. */
  readonly treasury: PublicKey;
  readonly threshold: number;
  readonly timeLockSeconds: number;
  /** mask: 1 initiate, 2 vote, 4 execute. The program sorts members by key. */
  readonly members: readonly { readonly key: PublicKey; readonly mask: number }[];
}

/** A council of its own: no config authority, no rent collector. */
export function multisigCreateV2(p: NewCouncil): TransactionInstruction {
  return sdk.multisigCreateV2({
    treasury: p.treasury,
    creator: p.creator,
    multisigPda: councilAddress(p.createKey),
    configAuthority: null,
    threshold: p.threshold,
    members: p.members.map(({ key, mask }) => ({ key, permissions: { mask } })),
    timeLock: p.timeLockSeconds,
    createKey: p.createKey,
    rentCollector: null,
  });
}

export type ConfigAction = types.ConfigAction;

export function configTransactionCreate(
  p: ByCreator & { readonly actions: readonly ConfigAction[] },
): TransactionInstruction {
  return sdk.configTransactionCreate({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    creator: p.creator,
    rentPayer: p.creator,
    actions: [...p.actions],
  });
}

/** @param spendingLimits accounts that the actions make or close */
export function configTransactionExecute(
  p: ByMember & { readonly spendingLimits?: readonly PublicKey[] },
): TransactionInstruction {
  return sdk.configTransactionExecute({
    multisigPda: p.council,
    transactionIndex: p.transactionIndex,
    member: p.member,
    rentPayer: p.member,
    ...(p.spendingLimits && { spendingLimits: [...p.spendingLimits] }),
  });
}
