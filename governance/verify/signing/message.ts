import { type Cursor, hex, type Read, readExactly } from '../bytes.ts';

/** A v0 transaction message, read strictly: canonical lengths, every byte accounted for. */
export interface TransactionMessage {
  readonly numSigners: number;
  readonly numReadonlySigners: number;
  readonly numReadonlyNonSigners: number;
  readonly keys: readonly Uint8Array[];
  readonly instructions: readonly MessageInstruction[];
}

export interface MessageInstruction {
  readonly programIndex: number;
  readonly accounts: Uint8Array;
  readonly data: Uint8Array;
  /** Where in the message it starts. */
  readonly at: number;
}

/** Solana's compact-u16 in its shortest form only: one, two or three bytes. */
function compact(cursor: Cursor): number {
  let value = 0;
  for (let i = 0; i < 3; i++) {
    const byte = cursor.u8();
    value |= (byte & 0x7f) << (7 * i);
    if ((byte & 0x80) !== 0) continue;
    if ((i > 0 && byte === 0) || value > 0xffff) cursor.fail('a length in its shortest form', cursor.at - 1);
    return value;
  }
  return cursor.fail('a length of at most three bytes', cursor.at - 1);
}

/** Legacy messages are refused: nothing here makes them. */
export const decodeTransactionMessage = (bytes: Uint8Array): Read<TransactionMessage> =>
  readExactly(bytes, (cursor) => {
    if (cursor.u8() !== 0x80) cursor.fail('a message of version 0', 0);
    const numSigners = cursor.u8();
    const numReadonlySigners = cursor.u8();
    const numReadonlyNonSigners = cursor.u8();
    const seen = new Set<string>();
    const keys = cursor.list(compact(cursor), 32, () => {
      const key = cursor.key();
      if (seen.has(hex(key))) cursor.fail('a key that is not listed yet', cursor.at - 32);
      seen.add(hex(key));
      return key;
    });
    if (numSigners < 1 || numSigners > keys.length) cursor.fail('between one signer and all keys', 1);
    if (numReadonlySigners >= numSigners) cursor.fail('a fee payer that is writable', 2);
    if (numReadonlyNonSigners > keys.length - numSigners) cursor.fail('no more read-only keys than keys', 3);
    cursor.take(32); // recent blockhash: no nonce can hide in it, since no instruction of the grammar advances one
    const instructions = cursor.list(compact(cursor), 3, () => {
      const at = cursor.at;
      const programIndex = cursor.u8();
      const accounts = cursor.take(compact(cursor));
      const data = cursor.take(compact(cursor));
      if (programIndex >= keys.length) cursor.fail(`a program index below ${keys.length}`, at);
      if (accounts.some((index) => index >= keys.length))
        cursor.fail(`account indexes below ${keys.length}`, at + 1);
      return { programIndex, accounts, data, at };
    });
    if (compact(cursor) > 0) cursor.fail('no lookup table', cursor.at - 1);
    return { numSigners, numReadonlySigners, numReadonlyNonSigners, keys, instructions };
  });
