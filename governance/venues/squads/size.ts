import {
  ComputeBudgetProgram,
  PublicKey,
  type TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { PACKET_BYTES, transactionBytes } from '../../chain/size.ts';
import { proposalCreate, vaultTransactionCreate, vaultTransactionExecute } from './instructions.ts';
import { compileVaultMessage, parseStored } from './message.ts';

export { PACKET_BYTES };

/** More than 15 six-account instructions overflow the 32 KiB heap of vault_transaction_execute. */
export const MAX_INSTRUCTIONS = 15;

export interface TransactionSizes {
  /** Limit, price, vault_transaction_create, proposal_create; one signature. */
  readonly createBytes: number;
  /** Limit, price, vault_transaction_execute; one signature. */
  readonly executeBytes: number;
  readonly instructions: number;
  /** Whether these instructions may be one part: both transactions fit a packet, and the program's heap holds them. */
  readonly fits: boolean;
}

/** A member that occurs in no message: the size must not depend on who proposes or executes. */
const SOMEBODY = new PublicKey('A1TMhSGzQxMr1TboBKtgixKz1sS6REASMxPo1qsyTSJd');
const NO_BLOCKHASH = '11111111111111111111111111111111';

/** The two sizes by which a SIP is split into parts. The transaction's index has no influence on them. */
export function transactionSizes(p: {
  readonly council: PublicKey;
  readonly vault: PublicKey;
  readonly instructions: readonly TransactionInstruction[];
}): TransactionSizes {
  const message = compileVaultMessage(p.vault, p.instructions);
  const at = { council: p.council, transactionIndex: 1n };
  const createBytes = bytesOf(SOMEBODY, [
    vaultTransactionCreate({ ...at, creator: SOMEBODY, message: message.wire }),
    proposalCreate({ ...at, creator: SOMEBODY }),
  ]);
  const executeBytes = bytesOf(SOMEBODY, [
    vaultTransactionExecute({ ...at, member: SOMEBODY, message: parseStored(message.stored) }),
  ]);
  const instructions = p.instructions.length;
  const fits =
    createBytes <= PACKET_BYTES && executeBytes <= PACKET_BYTES && instructions <= MAX_INSTRUCTIONS;
  return { createBytes, executeBytes, instructions, fits };
}

/** A v0 transaction with both budget instructions before these, signed by the payer alone. */
export function bytesOf(payer: PublicKey, instructions: readonly TransactionInstruction[]): number {
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: NO_BLOCKHASH,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1 }),
      ...instructions,
    ],
  }).compileToV0Message();
  return transactionBytes(message);
}
