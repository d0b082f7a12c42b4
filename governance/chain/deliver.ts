import bs58 from 'bs58';
import { SipError } from '../errors.ts';
import type { Journal } from './journal.ts';
import type { SignedEntry } from './journal-record.ts';
import type { Rpc, SignatureOutcome, Timer } from './ports.ts';

/** Signed bytes, sent again and again until their fate is known. The only place that sends. */

export interface DeliverPorts {
  readonly rpc: Rpc;
  readonly journal: Journal;
  readonly timer: Timer;
}

export type Delivery =
  | { readonly kind: 'landed'; readonly slot: bigint }
  | { readonly kind: 'failed'; readonly slot: bigint; readonly err: unknown }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

const RESEND_MS = 2_000;
const FIRST_POLL_MS = 25;
const SLOWEST_POLL_MS = 1_000;
const HEIGHT_POLL_MS = 1_000;
/** 150 blocks at 400 ms are a minute; doubled for slow blocks. */
const GIVE_UP_MS = 120_000;

/** Sends, resends, polls; journals the outcome. Never throws for the endpoint's sake: what cannot be learnt is `unknown`. */
export async function deliver(
  ports: DeliverPorts,
  signed: SignedEntry,
  options: { giveUpMs?: number } = {},
): Promise<Delivery> {
  const delivery = await follow(ports, signed, options.giveUpMs ?? GIVE_UP_MS);
  await ports.journal.append({
    kind: 'outcome',
    intent: signed.intent,
    signature: signed.signature,
    result: delivery.kind,
    ...('slot' in delivery && { slot: delivery.slot.toString() }),
    ...(delivery.kind === 'failed' && { err: delivery.err }),
  });
  return delivery;
}

async function follow(
  { rpc, timer }: DeliverPorts,
  signed: SignedEntry,
  giveUpMs: number,
): Promise<Delivery> {
  const bytes = new Uint8Array(Buffer.from(signed.bytes, 'base64'));
  const lastValid = BigInt(signed.lastValidBlockHeight);
  const started = timer.now();
  let nextSend = started;
  let nextHeight = started + HEIGHT_POLL_MS;
  let pause = FIRST_POLL_MS;
  for (;;) {
    if (timer.now() >= nextSend) {
      nextSend = timer.now() + RESEND_MS;
      await unlessDown(rpc.sendRaw(bytes));
    }
    const settled = settle(await unlessDown(rpc.signatureOutcome(signed.signature, false)));
    if (settled) return settled;
    if (timer.now() >= nextHeight) {
      nextHeight = timer.now() + HEIGHT_POLL_MS;
      const height = await unlessDown(rpc.blockHeight());
      if (height !== null && height > lastValid) {
        // No block can take it any more. A last look, further back than the recent statuses, decides.
        const seen = await known(rpc, signed.signature);
        if (seen === 'nothing') return { kind: 'expired' };
        const late = seen === 'no answer' ? undefined : settle(seen);
        if (late) return late;
      }
    }
    if (timer.now() - started >= giveUpMs) return { kind: 'unknown' };
    await timer.sleep(pause);
    pause = Math.min(pause * 1.5, SLOWEST_POLL_MS);
  }
}

function settle(outcome: SignatureOutcome | null): Delivery | undefined {
  if (outcome === null || outcome.confirmation === 'processed') return undefined;
  if (outcome.err === null) return { kind: 'landed', slot: outcome.slot };
  return { kind: 'failed', slot: outcome.slot, err: outcome.err };
}

async function known(rpc: Rpc, signature: string): Promise<SignatureOutcome | 'nothing' | 'no answer'> {
  try {
    return (await rpc.signatureOutcome(signature, true)) ?? 'nothing';
  } catch (error) {
    if (error instanceof SipError) return 'no answer';
    throw error;
  }
}

/** An endpoint that is down or refuses says nothing about the transaction; go on asking. */
async function unlessDown<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SipError) return null;
    throw error;
  }
}

/** The signature inside signed transaction bytes. */
export function signatureOf(bytes: Uint8Array): string {
  return bs58.encode(bytes.subarray(1, 65));
}
