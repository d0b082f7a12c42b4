import { setTimeout as delay } from 'node:timers/promises';
import { SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import { isSipError, SipError } from '#governance/errors.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { type SandboxRpc, sandboxRpc } from './rpc.ts';

const POLL_MS = 10;

export interface SandboxClock {
  readonly slot: bigint;
  readonly solanaEpoch: bigint;
  readonly unixTimestamp: UnixSeconds;
}

/** The Clock sysvar of the network behind `rpc`. */
export async function readClock(rpc: SandboxRpc): Promise<SandboxClock> {
  const answer = await rpc.call('getAccountInfo', [SYSVAR_CLOCK_PUBKEY.toBase58(), { encoding: 'base64' }]);
  const { value } = answer as { value: { data: [string, string] } };
  const data = Buffer.from(value.data[0], 'base64');
  return {
    slot: data.readBigUInt64LE(0),
    solanaEpoch: data.readBigUInt64LE(16),
    unixTimestamp: data.readBigInt64LE(32) as UnixSeconds,
  };
}

/**
 * Moves the network's time to `target` and waits until a block of that time stands.
 * @returns the clock afterwards, at or just after `target`
 * @throws SipError SANDBOX_TIME_BACKWARDS, ENDPOINT_DOWN
 */
export async function warpTo(rpcUrl: string, target: UnixSeconds): Promise<SandboxClock> {
  return withRpc(rpcUrl, (rpc) => travel(rpc, target));
}

/** Moves the network's time forward by `seconds`, see warpTo. */
export async function warpBy(rpcUrl: string, seconds: bigint): Promise<SandboxClock> {
  return withRpc(rpcUrl, async (rpc) => {
    const { unixTimestamp } = await readClock(rpc);
    return travel(rpc, (unixTimestamp + seconds) as UnixSeconds);
  });
}

async function travel(rpc: SandboxRpc, target: UnixSeconds): Promise<SandboxClock> {
  const before = await readClock(rpc);
  if (target < before.unixTimestamp)
    throw new SipError('SANDBOX_TIME_BACKWARDS', { target, now: before.unixTimestamp });
  if (target === before.unixTimestamp) return before;
  let slot = before.slot;
  try {
    const answer = await rpc.call('surfnet_timeTravel', [{ absoluteTimestamp: Number(target) * 1000 }]);
    slot = BigInt((answer as { absoluteSlot: number }).absoluteSlot);
  } catch (error) {
    // The network's own time, in milliseconds, may have passed a target one second ahead meanwhile.
    if (!isSipError(error, 'ENDPOINT_REFUSED') || (await readClock(rpc)).unixTimestamp < target) throw error;
  }
  // Until the next block the Clock counts its slot from the start of the Solana epoch.
  for (;;) {
    const now = await readClock(rpc);
    if (now.unixTimestamp >= target && now.slot > slot) return now;
    await delay(POLL_MS);
  }
}

async function withRpc<T>(rpcUrl: string, work: (rpc: SandboxRpc) => Promise<T>): Promise<T> {
  const rpc = sandboxRpc(rpcUrl);
  try {
    return await work(rpc);
  } finally {
    rpc.close();
  }
}
