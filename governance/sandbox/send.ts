import { setTimeout as delay } from 'node:timers/promises';
import { type Keypair, Transaction, type TransactionInstruction } from '@solana/web3.js';
import { SipError } from '#governance/errors.ts';
import type { SandboxRpc } from './rpc.ts';

const POLL_MS = 5;
const LAND_MS = 15_000;

/**
 * Signs (the first signer pays), sends and waits until confirmed.
 * @throws SipError SANDBOX_START_FAILED naming `what` when the network refuses it
 */
export async function sendAndConfirm(
  rpc: SandboxRpc,
  what: string,
  instructions: readonly TransactionInstruction[],
  signers: readonly [Keypair, ...Keypair[]],
): Promise<void> {
  const { value } = (await rpc.call('getLatestBlockhash', [])) as { value: { blockhash: string } };
  const transaction = new Transaction({ feePayer: signers[0].publicKey, recentBlockhash: value.blockhash });
  transaction.add(...instructions).sign(...signers);
  const wire = transaction.serialize({ verifySignatures: false }).toString('base64');
  const signature = await rpc.call('sendTransaction', [wire, { encoding: 'base64', skipPreflight: true }]);
  const until = Date.now() + LAND_MS;
  for (;;) {
    const answer = await rpc.call('getSignatureStatuses', [[signature]]);
    const [status] = (answer as { value: ({ err: unknown; confirmationStatus: string } | null)[] }).value;
    if (status?.err) throw failed(what, JSON.stringify(status.err));
    if (status && status.confirmationStatus !== 'processed') return;
    if (Date.now() > until) throw failed(what, `not seen for ${LAND_MS / 1000} s`);
    await delay(POLL_MS);
  }
}

const failed = (what: string, reason: string) =>
  new SipError('SANDBOX_START_FAILED', { reason: `${what}: ${reason}` });
