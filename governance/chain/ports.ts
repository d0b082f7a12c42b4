import type { PublicKey } from '@solana/web3.js';
import type { UnixSeconds } from '../types.ts';

/** Everything the console asks of the outside world, so that a simulator can drive the real code. */

export interface RawAccount {
  readonly address: PublicKey;
  readonly owner: PublicKey;
  readonly lamports: bigint;
  readonly data: Uint8Array;
  readonly executable: boolean;
}

export interface ChainClock {
  readonly slot: bigint;
  readonly unixTimestamp: UnixSeconds;
}

export interface SignatureOutcome {
  readonly slot: bigint;
  /** JSON of the TransactionError, or null when it succeeded. */
  readonly err: unknown;
  readonly confirmation: 'processed' | 'confirmed' | 'finalized';
}

export interface TransactionRecord {
  readonly signature: string;
  readonly slot: bigint;
  readonly blockTime: UnixSeconds | null;
  readonly err: unknown;
  readonly logs: readonly string[];
  readonly computeUnits: bigint;
  /** Serialized signed transaction. */
  readonly bytes: Uint8Array;
}

export interface SimulationOutcome {
  readonly err: unknown;
  readonly logs: readonly string[];
  readonly computeUnits: bigint;
}

export interface Blockhash {
  readonly blockhash: string;
  readonly lastValidBlockHeight: bigint;
}

/**
 * Reads. All throw SipError ENDPOINT_DOWN, ENDPOINT_RATE_LIMITED, ENDPOINT_REFUSED (the endpoint answers
 * this request with an error of its own) or WRONG_CLUSTER, nothing else.
 */
export interface ChainReader {
  /**
   * In the order asked; null where there is no account. One slot for up to 100 keys; with more, batches
   * follow one another and `slot` is the first batch's, which no later batch is older than.
   * @param minSlot an endpoint that has not got there refuses to answer
   */
  getAccounts(
    keys: readonly PublicKey[],
    minSlot?: bigint,
  ): Promise<{ slot: bigint; accounts: readonly (RawAccount | null)[] }>;
  getProgramAccounts(
    programId: PublicKey,
    filter: { dataSize?: number; memcmp?: readonly { offset: number; bytes: Uint8Array }[] },
  ): Promise<readonly RawAccount[]>;
  clock(): Promise<ChainClock>;
  genesisHash(): Promise<string>;
  minimumBalanceLamports(dataLength: number): Promise<bigint>;
  /** Newest first. */
  signaturesFor(
    address: PublicKey,
    limit?: number,
  ): Promise<readonly { signature: string; slot: bigint; err: unknown }[]>;
  transaction(signature: string): Promise<TransactionRecord | null>;
}

/** What sending needs beyond reading. */
export interface ChainSender {
  latestBlockhash(): Promise<Blockhash>;
  blockHeight(): Promise<bigint>;
  /** Runs the transaction without effect. Signatures are checked only when all are there (none all zero). */
  simulate(bytes: Uint8Array): Promise<SimulationOutcome>;
  /** Hands the bytes over once; says nothing about landing. */
  sendRaw(bytes: Uint8Array): Promise<string>;
  signatureOutcome(signature: string, searchHistory: boolean): Promise<SignatureOutcome | null>;
  recentPriorityFees(writable: readonly PublicKey[]): Promise<readonly bigint[]>;
}

export type Rpc = ChainReader & ChainSender;

export interface Signer {
  readonly publicKey: PublicKey;
  /** ed25519 over the serialized message; 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The computer's time: for waits and time-outs only, never for a decision. */
export interface Timer {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** A folder the console owns. Paths are relative to it; every write is durable (file and folder fsynced) before it returns. */
export interface Files {
  read(path: string): Promise<Uint8Array | null>;
  /** Atomic replacement; the old content survives any failure. */
  write(path: string, data: Uint8Array): Promise<void>;
  append(path: string, data: Uint8Array): Promise<void>;
  /** Makes durable what can be read: its writer may have ended before it was. Nothing where there is no file. */
  sync(path: string): Promise<void>;
  list(path: string): Promise<readonly string[]>;
  remove(path: string): Promise<void>;
}

/** Mutual exclusion between processes that share one folder. */
export interface FolderLock {
  /**
   * Waits up to `waitMs` for a living holder, takes over a dead one's lock. Resolves to the release.
   * @throws SipError FOLDER_LOCKED naming the holder's pid.
   */
  acquire(name: string, waitMs: number): Promise<() => Promise<void>>;
}
