import { sha256 } from '@noble/hashes/sha2';
import { type Read, read, readExactly, type Span, sameBytes } from './bytes.ts';
import { expectType } from './squads-accounts.ts';
import { type MessageSpans, storedMessageAt, type VaultMessage } from './wire.ts';

/** The accounts of Squads v4 that this console never makes and a reader of its councils may meet. */

export interface Batch {
  readonly multisig: Uint8Array;
  readonly creator: Uint8Array;
  /** Among the council's transactions. */
  readonly index: bigint;
  readonly bump: number;
  readonly vaultIndex: number;
  readonly vaultBump: number;
  /** Number of its transactions, which are numbered from 1. */
  readonly size: number;
  /** Index of the last one executed; 0 before the first. */
  readonly executedTransactionIndex: number;
}

/** A batch; of fixed length, so a byte left over fails. */
export const decodeBatch = (data: Uint8Array): Read<Batch> =>
  readExactly(data, (cursor) => {
    expectType(cursor, 'Batch');
    const batch: Batch = {
      multisig: cursor.key(),
      creator: cursor.key(),
      index: cursor.u64(),
      bump: cursor.u8(),
      vaultIndex: cursor.u8(),
      vaultBump: cursor.u8(),
      size: cursor.u32(),
      executedTransactionIndex: cursor.u32(),
    };
    if (batch.executedTransactionIndex > batch.size) cursor.fail(`at most ${batch.size} executed`, 87);
    return batch;
  });

export interface VaultBatchTransaction {
  readonly bump: number;
  readonly ephemeralSignerBumps: Uint8Array;
  readonly message: VaultMessage;
  readonly spans: {
    readonly bump: Span;
    /** Length prefix and bumps. */
    readonly ephemeral: Span;
    readonly message: MessageSpans;
  };
}

/** One transaction of a batch. Like a vault transaction it is allocated exactly: the caller compares `used`. */
export const decodeVaultBatchTransaction = (data: Uint8Array): Read<VaultBatchTransaction> =>
  read(data, (cursor) => {
    expectType(cursor, 'VaultBatchTransaction');
    const bump = cursor.u8();
    const ephemeralSignerBumps = cursor.take(cursor.u32());
    const ephemeral: Span = [9, cursor.at];
    const { message, spans } = storedMessageAt(cursor);
    return { bump, ephemeralSignerBumps, message, spans: { bump: [8, 9], ephemeral, message: spans } };
  });

/** Squads' own bound: what an account made by a program can hold besides this layout's other fields. */
const MAX_BUFFER_BYTES = 10_128;

export interface TransactionBuffer {
  readonly multisig: Uint8Array;
  readonly creator: Uint8Array;
  readonly bufferIndex: number;
  readonly vaultIndex: number;
  /** SHA-256 that the whole message has to have. */
  readonly finalBufferHash: Uint8Array;
  readonly finalBufferSize: number;
  /** What has arrived so far of a message in wire form. */
  readonly buffer: Uint8Array;
  readonly spans: { readonly buffer: Span };
}

/**
 * A buffered message. Squads allocates room for the whole of it from the start and only ever adds to it, so the rest
 * of the room is zero.
 */
export const decodeTransactionBuffer = (data: Uint8Array): Read<TransactionBuffer> =>
  readExactly(data, (cursor) => {
    expectType(cursor, 'TransactionBuffer');
    const multisig = cursor.key();
    const creator = cursor.key();
    const bufferIndex = cursor.u8();
    const vaultIndex = cursor.u8();
    const finalBufferHash = cursor.take(32);
    const sizeFrom = cursor.at;
    const finalBufferSize = cursor.u16();
    if (finalBufferSize > MAX_BUFFER_BYTES) cursor.fail(`a size up to ${MAX_BUFFER_BYTES}`, sizeFrom);
    const lengthFrom = cursor.at;
    const length = cursor.u32();
    if (length > finalBufferSize) cursor.fail(`at most ${finalBufferSize} bytes so far`, lengthFrom);
    const buffer = cursor.take(length);
    const span: Span = [cursor.at - length, cursor.at];
    cursor.zeros(finalBufferSize - length);
    return {
      multisig,
      creator,
      bufferIndex,
      vaultIndex,
      finalBufferHash,
      finalBufferSize,
      buffer,
      spans: { buffer: span },
    };
  });

/** Whether the message is all there and is the announced one: what Squads asks before it makes a transaction of it. */
export const isBufferComplete = ({ buffer, finalBufferHash, finalBufferSize }: TransactionBuffer): boolean =>
  buffer.length === finalBufferSize && sameBytes(sha256(buffer), finalBufferHash);
