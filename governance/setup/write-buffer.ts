import {
  ComputeBudgetProgram,
  type PublicKey,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { decodeFailure, failureError } from '../chain/decode-error.ts';
import { decodeLoaderAccount } from '../chain/loader-accounts.ts';
import type { Rpc, Signer, Timer } from '../chain/ports.ts';
import { PACKET_BYTES, transactionBytes } from '../chain/size.ts';
import { isSipError, SipError } from '../errors.ts';
import { type Chunk, missingChunks } from './chunks.ts';
import { writeChunk } from './loader.ts';

/**
 * Fills a buffer account. The one place besides chain/deliver.ts that sends: a piece written twice changes nothing, so
 * the bytes on chain are the journal, and nobody asks what became of a single transaction.
 */

export interface WritePorts {
  readonly rpc: Rpc;
  readonly timer: Timer;
}

export interface WriteRequest {
  readonly deployer: Signer;
  readonly buffer: PublicKey;
  readonly elf: Uint8Array;
  readonly computeUnitPriceMicroLamports?: bigint | undefined;
  /** Pieces of all: `sent` since the last look at the chain, `there` by that look. */
  readonly onProgress?: (what: 'sent' | 'there', pieces: number, all: number) => void;
}

export interface Written {
  readonly chunks: number;
  /** Pieces that stood there before. */
  readonly kept: number;
  /** Transactions handed over, those sent again included. */
  readonly sends: number;
}

/** Loader v3 charges 2,370 for each instruction, the budget program 150. */
const WRITE_COMPUTE_UNITS = 3_000;
const FIRST_POLL_MS = 50;
const SLOWEST_POLL_MS = 2_000;
/** Without a new piece for so long, what is missing is sent again. */
const QUIET_MS = 5_000;
/** So many rounds in a row in which not one hand-over got through. */
const DEAF_ROUNDS = 3;
/** Without a new piece for so long, somebody should be told. */
const STALLED_MS = 120_000;

/** Bytes of program that fit one transaction. */
export function chunkBytes(deployer: PublicKey, buffer: PublicKey, price: bigint | undefined): number {
  const PROBE = 900; // its length takes two bytes, as that of a full piece
  const message = compile(deployer, buffer, { offset: 0, bytes: new Uint8Array(PROBE) }, price, ZERO_HASH);
  return PROBE + PACKET_BYTES - transactionBytes(message);
}

/**
 * Writes what the buffer lacks, all at once, until every byte is there.
 * @throws SipError SETUP_STALLED; what the first piece's simulation says; ENDPOINT_* of reads, and of sends when none
 * gets through
 */
export async function writeBuffer(ports: WritePorts, request: WriteRequest): Promise<Written> {
  const { rpc, timer } = ports;
  const { deployer, buffer, elf, computeUnitPriceMicroLamports: price } = request;
  const size = chunkBytes(deployer.publicKey, buffer, price);
  const all = Math.ceil(elf.length / size);
  const lacking = async () => missingChunks(elf, await read(rpc, buffer), size);

  let missing = await lacking();
  const kept = all - missing.length;
  const signed = new Map<number, { readonly bytes: Uint8Array; readonly lastValid: bigint }>();
  let sends = 0;
  let deaf = 0;
  let lastNews = timer.now();
  while (missing.length > 0) {
    const hash = await rpc.latestBlockhash();
    const height = await rpc.blockHeight();
    const first = missing[0] as Chunk;
    if (sends === 0) await rehearse(rpc, compile(deployer.publicKey, buffer, first, price, hash.blockhash));
    sends += missing.length;
    let handedOver = 0;
    const sendRaw = async (bytes: Uint8Array): Promise<void> => {
      await rpc.sendRaw(bytes);
      handedOver += 1;
      request.onProgress?.('sent', handedOver, all);
    };
    const failure = await sendAll(sendRaw, missing, async (chunk) => {
      const before = signed.get(chunk.offset);
      // The same bytes again cost nothing; a new blockhash would be another transaction, and a fee.
      if (before !== undefined && before.lastValid >= height) return before.bytes;
      const bytes = await sign(deployer, compile(deployer.publicKey, buffer, chunk, price, hash.blockhash));
      signed.set(chunk.offset, { bytes, lastValid: hash.lastValidBlockHeight });
      return bytes;
    });
    deaf = failure === null ? 0 : deaf + 1;
    if (failure !== null && deaf >= DEAF_ROUNDS) throw failure;

    let quietSince = timer.now();
    let pause = FIRST_POLL_MS;
    while (missing.length > 0 && timer.now() - quietSince < QUIET_MS) {
      const now = await lacking();
      if (now.length < missing.length) {
        quietSince = timer.now();
        lastNews = quietSince;
        pause = FIRST_POLL_MS;
      }
      missing = now;
      request.onProgress?.('there', all - missing.length, all);
      if (missing.length === 0) break;
      await timer.sleep(pause);
      pause = Math.min(2 * pause, SLOWEST_POLL_MS);
    }
    if (missing.length > 0 && timer.now() - lastNews >= STALLED_MS)
      throw new SipError('SETUP_STALLED', { missing: missing.length, all }, { sent: 'unknown' });
  }
  return { chunks: all, kept, sends };
}

async function read(rpc: Rpc, buffer: PublicKey): Promise<Uint8Array> {
  const { accounts } = await rpc.getAccounts([buffer]);
  const decoded = decodeLoaderAccount(accounts[0] ?? null);
  // A node behind the one that confirmed the buffer's creation: nothing is there yet.
  return decoded?.kind === 'buffer' ? decoded.elf : new Uint8Array();
}

/** A missing lamport or a foreign buffer is told here; of what is sent below, nobody would hear. */
async function rehearse(rpc: Rpc, message: ReturnType<typeof compile>): Promise<void> {
  const { err, logs } = await rpc.simulate(new VersionedTransaction(message).serialize());
  if (err === null) return;
  const accounts = message.staticAccountKeys.map((key) => key.toBase58());
  throw failureError(decodeFailure(err, logs, { feePayer: accounts[0] ?? '', accounts }), 'no');
}

/**
 * The endpoint bounds how many are under way. A hand-over that fails is made up for in the next round.
 * @returns the endpoint's trouble when not one got through
 */
async function sendAll(
  sendRaw: (bytes: Uint8Array) => Promise<void>,
  chunks: readonly Chunk[],
  bytesOf: (chunk: Chunk) => Promise<Uint8Array>,
): Promise<SipError | null> {
  const results = await Promise.allSettled(chunks.map(async (chunk) => sendRaw(await bytesOf(chunk))));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  const other = failures.find((reason) => !isSipError(reason) || !reason.code.startsWith('ENDPOINT'));
  if (other !== undefined) throw other;
  return failures.length === chunks.length ? (failures[0] as SipError) : null;
}

const ZERO_HASH = '11111111111111111111111111111111';

function compile(
  deployer: PublicKey,
  buffer: PublicKey,
  chunk: Chunk,
  price: bigint | undefined,
  blockhash: string,
) {
  const budget: readonly TransactionInstruction[] =
    price === undefined
      ? []
      : [
          ComputeBudgetProgram.setComputeUnitLimit({ units: WRITE_COMPUTE_UNITS }),
          ComputeBudgetProgram.setComputeUnitPrice({ microLamports: price }),
        ];
  return new TransactionMessage({
    payerKey: deployer,
    recentBlockhash: blockhash,
    instructions: [...budget, writeChunk(buffer, deployer, chunk.offset, chunk.bytes)],
  }).compileToV0Message();
}

async function sign(deployer: Signer, message: ReturnType<typeof compile>): Promise<Uint8Array> {
  const transaction = new VersionedTransaction(message);
  transaction.addSignature(deployer.publicKey, await deployer.sign(message.serialize()));
  return transaction.serialize();
}
