import {
  type PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { generated } from '@sqds/multisig';
import type { Rpc } from '../../chain/ports.ts';
import { SQUADS_PROGRAM_ID } from './pdas.ts';

/** Anchor's InstructionFallbackNotFound: the program knows no instruction with this discriminator. */
const UNKNOWN_INSTRUCTION = 101;

/**
 * Whether the deployed Squads program has proposal_cancel_v2. Asked by simulating it without accounts: a program that
 * knows it complains about those instead.
 * @param feePayer any account that exists; nothing is signed
 */
export async function hasCancelV2(rpc: Rpc, feePayer: PublicKey): Promise<boolean> {
  const { blockhash } = await rpc.latestBlockhash();
  const probe = new TransactionInstruction({
    programId: SQUADS_PROGRAM_ID,
    keys: [],
    data: Buffer.from(generated.proposalCancelV2InstructionDiscriminator),
  });
  const message = new TransactionMessage({
    payerKey: feePayer,
    recentBlockhash: blockhash,
    instructions: [probe],
  });
  const { err } = await rpc.simulate(new VersionedTransaction(message.compileToV0Message()).serialize());
  const refused = JSON.stringify(err);
  return refused.startsWith('{"InstructionError"') && !refused.includes(`{"Custom":${UNKNOWN_INSTRUCTION}}`);
}
