import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import {
  ComputeBudgetProgram,
  type MessageV0,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { SipError } from '../errors.ts';
import { decodeFailure, type FailureHints, failureError, type TransactionFailure } from './decode-error.ts';
import { type DeliverPorts, type Delivery, deliver, signatureOf } from './deliver.ts';
import type { IntentState } from './journal.ts';
import type { IntentEntry, SignedEntry } from './journal-record.ts';
import type { Signer } from './ports.ts';
import { PACKET_BYTES, transactionBytes } from './size.ts';

export type SendPorts = DeliverPorts;

export interface SendRequest {
  /** Fee payer, and the only signer unless `extraSigners` names others. */
  readonly signer: Signer;
  readonly extraSigners?: readonly Signer[];
  /** Without budget instructions: these are added here. */
  readonly instructions: readonly TransactionInstruction[];
  /** What the user asked for, for the journal and messages. */
  readonly describe: string;
  readonly about?: Pick<IntentEntry, 'sip' | 'digest' | 'council' | 'transactionIndex'>;
  /** Micro-lamports per compute unit; no priority fee when left out. */
  readonly computeUnitPriceMicroLamports?: bigint;
  readonly hints?: Pick<FailureHints, 'rentPayer' | 'names'>;
  readonly giveUpMs?: number;
  /** Told as it goes, for a progress line. */
  readonly onStage?: (stage: 'simulating' | 'signing' | 'sent', signature?: string) => void;
}

export type SendOutcome =
  | {
      readonly kind: 'landed';
      readonly signature: string;
      readonly slot: bigint;
      /** Null when the endpoint does not give the transaction back. */
      readonly computeUnits: bigint | null;
      /** True when an earlier, interrupted attempt at the same thing turned out to have landed. */
      readonly resumed: boolean;
    }
  | { readonly kind: 'failed'; readonly signature: string; readonly failure: TransactionFailure }
  /** The simulation failed; nothing was signed or sent. */
  | { readonly kind: 'refused'; readonly failure: TransactionFailure }
  | { readonly kind: 'expired'; readonly signature: string }
  | { readonly kind: 'unknown'; readonly signature: string };

const MAX_COMPUTE_UNITS = 1_400_000;
/** Half of what a blockhash lasts: who signs within it need not be asked whether it was in time. */
const SURELY_IN_TIME_MS = 30_000;

/**
 * Simulate → set the compute-unit limit → sign → journal → send and resend the same bytes → learn the outcome.
 * An unsettled earlier attempt at the same thing is settled first, and is the outcome if it landed.
 * @throws SipError TRANSACTION_TOO_LARGE, SIGNED_TOO_LATE, ENDPOINT_* (before anything is sent), FILE_UNWRITABLE
 */
export async function sendTransaction(ports: SendPorts, request: SendRequest): Promise<SendOutcome> {
  const messageHash = hashOf(request);
  const earlier = await settleEarlier(ports, request, messageHash);
  if (earlier !== undefined) return earlier;

  request.onStage?.('simulating');
  const asked = ports.timer.now();
  const { blockhash, lastValidBlockHeight } = await ports.rpc.latestBlockhash();
  const price = request.computeUnitPriceMicroLamports;
  // Priced at nothing: at the full limit, a real price could ask the payer for more than the transaction will cost.
  const trial = compile(request, blockhash, MAX_COMPUTE_UNITS, price === undefined ? undefined : 0n);
  const simulated = await ports.rpc.simulate(new VersionedTransaction(trial).serialize());
  if (simulated.err !== null)
    return {
      kind: 'refused',
      failure: decodeFailure(simulated.err, simulated.logs, hintsFor(request, trial)),
    };
  const message = compile(request, blockhash, limitFor(simulated.computeUnits), price);

  const intent = await ports.journal.append({
    kind: 'intent',
    what: request.describe,
    ...request.about,
    messageHash,
  });
  request.onStage?.('signing');
  const bytes = await signOrDrop(ports, request, message, intent);
  if (ports.timer.now() - asked >= SURELY_IN_TIME_MS) await dropLate(ports, intent, lastValidBlockHeight);
  const signed: SignedEntry = {
    kind: 'signed',
    intent,
    signature: signatureOf(bytes),
    bytes: Buffer.from(bytes).toString('base64'),
    blockhash,
    lastValidBlockHeight: lastValidBlockHeight.toString(),
  };
  await ports.journal.append(signed);
  request.onStage?.('sent', signed.signature);
  const delivery = await deliver(ports, signed, request);
  return report(ports, signed.signature, delivery, hintsFor(request, message), false);
}

/**
 * Finds out what became of everything that was signed but not settled, sending the same bytes again where they may
 * still land. Intents that were never signed are closed as dropped: nothing of them can have left this computer.
 */
export async function resume(
  ports: SendPorts,
  options: { giveUpMs?: number } = {},
): Promise<
  readonly { readonly intent: IntentState; readonly outcome: SendOutcome | { readonly kind: 'dropped' } }[]
> {
  const found = [];
  for (const intent of ports.journal.intents()) {
    const attempt = intent.attempts.at(-1);
    if (intent.state === 'open') {
      await ports.journal.append({
        kind: 'dropped',
        intent: intent.seq,
        reason: 'interrupted before it was signed',
      });
      found.push({ intent, outcome: { kind: 'dropped' } as const });
    } else if (intent.state === 'unsettled' && attempt !== undefined) {
      const { signed } = attempt;
      const delivery = await deliver(ports, signed, options);
      found.push({ intent, outcome: await report(ports, signed.signature, delivery, hintsOf(signed), true) });
    }
  }
  return found;
}

/** The outcome as an error with code, sentence and remedy; null when it landed. */
export function outcomeError(outcome: SendOutcome): SipError | null {
  switch (outcome.kind) {
    case 'landed':
      return null;
    case 'failed':
      return failureError(outcome.failure, 'yes');
    case 'refused':
      return failureError(outcome.failure, 'no');
    case 'expired':
      return new SipError('TRANSACTION_EXPIRED', { signature: outcome.signature }, { sent: 'yes' });
    case 'unknown':
      return new SipError('TRANSACTION_UNKNOWN', { signature: outcome.signature }, { sent: 'unknown' });
  }
}

async function settleEarlier(
  ports: SendPorts,
  request: SendRequest,
  messageHash: string,
): Promise<SendOutcome | undefined> {
  const same = ports.journal
    .intents()
    .filter(({ state, intent }) => state === 'unsettled' && intent.messageHash === messageHash);
  for (const { attempts } of same) {
    const signed = attempts.at(-1)?.signed;
    if (signed === undefined) continue;
    request.onStage?.('sent', signed.signature);
    const delivery = await deliver(ports, signed, request);
    if (delivery.kind === 'landed' || delivery.kind === 'unknown')
      return report(ports, signed.signature, delivery, hintsOf(signed), true);
  }
  return undefined;
}

async function report(
  { rpc }: SendPorts,
  signature: string,
  delivery: Delivery,
  hints: FailureHints,
  resumed: boolean,
): Promise<SendOutcome> {
  if (delivery.kind === 'expired' || delivery.kind === 'unknown') return { kind: delivery.kind, signature };
  // Logs and compute units are extras; a node may have the status before it has the transaction.
  const record = await rpc.transaction(signature).catch((error: unknown) => {
    if (error instanceof SipError) return null;
    throw error;
  });
  if (delivery.kind === 'landed')
    return {
      kind: 'landed',
      signature,
      slot: delivery.slot,
      computeUnits: record?.computeUnits ?? null,
      resumed,
    };
  return { kind: 'failed', signature, failure: decodeFailure(delivery.err, record?.logs ?? [], hints) };
}

async function signOrDrop(
  { journal }: SendPorts,
  request: SendRequest,
  message: MessageV0,
  intent: number,
): Promise<Uint8Array> {
  try {
    const transaction = new VersionedTransaction(message);
    const body = message.serialize();
    for (const signer of [request.signer, ...(request.extraSigners ?? [])]) {
      const signature = await signer.sign(body);
      if (!ed25519.verify(signature, body, signer.publicKey.toBytes()))
        throw new SipError('INTERNAL', {
          detail: `the signer of ${signer.publicKey} gave a signature that does not verify`,
        });
      transaction.addSignature(signer.publicKey, signature);
    }
    return transaction.serialize();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await journal.append({ kind: 'dropped', intent, reason: `not signed: ${reason}` });
    throw error;
  }
}

/** Bytes that no block takes any more are not sent. Where the endpoint does not say, sending finds it out. */
async function dropLate({ rpc, journal }: SendPorts, intent: number, lastValid: bigint): Promise<void> {
  const height = await rpc.blockHeight().catch((error: unknown) => {
    if (error instanceof SipError) return null;
    throw error;
  });
  if (height === null || height <= lastValid) return;
  await journal.append({ kind: 'dropped', intent, reason: 'signed after its blockhash had expired' });
  throw new SipError('SIGNED_TOO_LATE');
}

/** @throws SipError TRANSACTION_TOO_LARGE, INTERNAL when another key would have to sign */
function compile(
  request: SendRequest,
  blockhash: string,
  units: number,
  price: bigint | undefined,
): MessageV0 {
  const message = new TransactionMessage({
    payerKey: request.signer.publicKey,
    recentBlockhash: blockhash,
    instructions: [...budget(units, price), ...request.instructions],
  }).compileToV0Message();
  const expected = new Set(
    [request.signer, ...(request.extraSigners ?? [])].map((s) => s.publicKey.toBase58()),
  );
  const signing = message.staticAccountKeys
    .slice(0, message.header.numRequiredSignatures)
    .map((key) => key.toBase58());
  const stranger = signing.find((key) => !expected.has(key));
  if (stranger !== undefined || signing.length !== expected.size)
    throw new SipError('INTERNAL', {
      detail: `the transaction wants the signatures of ${signing.join(', ')}`,
    });
  const bytes = transactionBytes(message);
  if (bytes > PACKET_BYTES) throw new SipError('TRANSACTION_TOO_LARGE', { bytes, limit: PACKET_BYTES });
  return message;
}

function budget(units: number, price: bigint | undefined): readonly TransactionInstruction[] {
  const limit = ComputeBudgetProgram.setComputeUnitLimit({ units });
  if (price === undefined) return [limit];
  return [limit, ComputeBudgetProgram.setComputeUnitPrice({ microLamports: price })];
}

/** What the simulation took and 15 % more, rounded up. */
function limitFor(computeUnits: bigint): number {
  if (computeUnits === 0n) return MAX_COMPUTE_UNITS; // the endpoint does not say
  return Math.min(MAX_COMPUTE_UNITS, Number((computeUnits * 115n + 99n) / 100n));
}

function hintsFor(request: SendRequest, message: MessageV0): FailureHints {
  return { ...messageHints(message), ...request.hints };
}

function hintsOf(signed: SignedEntry): FailureHints {
  return messageHints(
    VersionedTransaction.deserialize(Buffer.from(signed.bytes, 'base64')).message as MessageV0,
  );
}

function messageHints(message: MessageV0): FailureHints {
  const accounts = message.staticAccountKeys.map((key) => key.toBase58());
  return {
    feePayer: accounts[0] ?? '',
    accounts,
    programs: message.compiledInstructions.map(({ programIdIndex }) => accounts[programIdIndex] ?? ''),
  };
}

/** Over fee payer and instructions, so that a second attempt at the same thing is recognised. */
function hashOf(request: SendRequest): string {
  const hash = sha256.create().update(request.signer.publicKey.toBytes());
  const length = (n: number) => new Uint8Array(Uint32Array.of(n).buffer);
  for (const { programId, keys, data } of request.instructions) {
    hash.update(programId.toBytes()).update(length(keys.length));
    for (const key of keys)
      hash
        .update(key.pubkey.toBytes())
        .update(Uint8Array.of((key.isSigner ? 1 : 0) | (key.isWritable ? 2 : 0)));
    hash.update(length(data.length)).update(data);
  }
  return bytesToHex(hash.digest());
}
