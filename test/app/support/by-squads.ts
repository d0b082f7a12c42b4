import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { openJournal } from '#governance/chain/journal.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { sendTransaction } from '#governance/chain/send.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import type { Launched } from './launch.ts';

/** Of the network inside an app. */
export function networkOf({ dataDir }: Launched): SandboxInfo {
  const file = join(dataDir, 'share', 'solayer-council', 'sandbox', 'window', 'sandbox.json');
  return JSON.parse(readFileSync(file, 'utf8')) as SandboxInfo;
}

/**
 * Past the console, with a member's key: whatever Squads' own SDK makes.
 * @throws Error unless it landed
 */
export async function bySquads(
  info: SandboxInfo,
  seat: number,
  make: (member: PublicKey) => readonly TransactionInstruction[],
): Promise<void> {
  const journal = await openJournal(memoryPorts());
  const signer = await keypairFileSigner(info.members[seat]!.keypairPath);
  const ports = { rpc: connectRpc(info.rpcUrl, { timer: systemTimer }), journal, timer: systemTimer };
  const instructions = make(signer.publicKey);
  const outcome = await sendTransaction(ports, { signer, instructions, describe: 'past the console' });
  if (outcome.kind !== 'landed') throw new Error(`what Squads was asked ended as ${outcome.kind}`);
}
