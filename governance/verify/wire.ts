import { type Cursor, concat, leBytes, type Read, readExactly, type Span } from './bytes.ts';

/** A vault transaction's message, whichever of its two encodings it was read from. */
export interface VaultMessage {
  readonly numSigners: number;
  readonly numWritableSigners: number;
  readonly numWritableNonSigners: number;
  /** Writable signers, read-only signers, writable non-signers, read-only non-signers. */
  readonly accountKeys: readonly Uint8Array[];
  readonly instructions: readonly MessageInstruction[];
  readonly lookups: readonly TableLookup[];
}

export interface MessageInstruction {
  readonly programIdIndex: number;
  readonly accountIndexes: Uint8Array;
  readonly data: Uint8Array;
}

export interface TableLookup {
  readonly accountKey: Uint8Array;
  readonly writableIndexes: Uint8Array;
  readonly readonlyIndexes: Uint8Array;
}

/** Where in the bytes each thing stands, as offsets from the start of what the cursor reads. */
export interface MessageSpans {
  readonly whole: Span;
  /** The three counts that make keys signers and writable. */
  readonly header: Span;
  readonly keys: readonly Span[];
  readonly instructions: readonly InstructionSpans[];
  readonly lookups: Span;
}

export interface InstructionSpans {
  readonly whole: Span;
  readonly program: Span;
  readonly accounts: Span;
  readonly data: Span;
}

/**
 * Widths in bytes of the length prefixes. `wire` is the argument of vault_transaction_create (Squads' SmallVec),
 * `stored` the Borsh of the VaultTransaction account.
 */
const WIRE = { list: 1, data: 2 } as const;
const STORED = { list: 4, data: 4 } as const;
type Form = typeof WIRE | typeof STORED;

function length(cursor: Cursor, width: 1 | 2 | 4): number {
  return width === 1 ? cursor.u8() : width === 2 ? cursor.u16() : cursor.u32();
}

function vector(cursor: Cursor, width: 1 | 2 | 4): Uint8Array {
  return cursor.take(length(cursor, width));
}

function decode(cursor: Cursor, form: Form): { message: VaultMessage; spans: MessageSpans } {
  const start = cursor.at;
  const numSigners = cursor.u8();
  const numWritableSigners = cursor.u8();
  const numWritableNonSigners = cursor.u8();
  const header: Span = [start, cursor.at];

  const keys: Span[] = [];
  const accountKeys = cursor.list(length(cursor, form.list), 32, () => {
    keys.push([cursor.at, cursor.at + 32]);
    return cursor.key();
  });
  // What Squads itself asks at creation: no account it wrote breaks these.
  if (numSigners > accountKeys.length) cursor.fail('no more signers than keys', start);
  if (numWritableSigners > numSigners) cursor.fail('no more writable signers than signers', start + 1);
  if (numWritableNonSigners > accountKeys.length - numSigners) {
    cursor.fail('no more writable non-signers than non-signers', start + 2);
  }

  const at: InstructionSpans[] = [];
  const instructions = cursor.list(length(cursor, form.list), 1 + form.list + form.data, () => {
    const from = cursor.at;
    const programIdIndex = cursor.u8();
    const accountIndexes = vector(cursor, form.list);
    const accounts: Span = [cursor.at - accountIndexes.length, cursor.at];
    const data = vector(cursor, form.data);
    at.push({
      whole: [from, cursor.at],
      program: [from, from + 1],
      accounts,
      data: [cursor.at - data.length, cursor.at],
    });
    return { programIdIndex, accountIndexes, data };
  });

  const lookupsFrom = cursor.at;
  const lookups = cursor.list(length(cursor, form.list), 32 + 2 * form.list, () => ({
    accountKey: cursor.key(),
    writableIndexes: vector(cursor, form.list),
    readonlyIndexes: vector(cursor, form.list),
  }));

  const total = lookups.reduce(
    (n, l) => n + l.writableIndexes.length + l.readonlyIndexes.length,
    accountKeys.length,
  );
  instructions.forEach((ix, i) => {
    if (ix.programIdIndex >= total) cursor.fail(`a program index below ${total}`, at[i]!.program[0]);
    const outside = ix.accountIndexes.findIndex((index) => index >= total);
    if (outside >= 0) cursor.fail(`an account index below ${total}`, at[i]!.accounts[0] + outside);
  });

  return {
    message: { numSigners, numWritableSigners, numWritableNonSigners, accountKeys, instructions, lookups },
    spans: { whole: [start, cursor.at], header, keys, instructions: at, lookups: [lookupsFrom, cursor.at] },
  };
}

/** Part of a larger layout: the message as a VaultTransaction account holds it. */
export const storedMessageAt = (cursor: Cursor) => decode(cursor, STORED);

export const decodeStoredMessage = (bytes: Uint8Array): Read<VaultMessage> =>
  readExactly(bytes, (cursor) => decode(cursor, STORED).message);

/**
 * The argument of vault_transaction_create. Squads ignores bytes after the message there (they never reach the
 * account); this reader refuses them.
 */
export const decodeWireMessage = (bytes: Uint8Array): Read<VaultMessage> =>
  readExactly(bytes, (cursor) => decode(cursor, WIRE).message);

function encode(message: VaultMessage, form: Form): Uint8Array | null {
  const limit = (width: number, n: number) => n < 2 ** (8 * width);
  let fits = true;
  const prefixed = (width: number, bytes: Uint8Array) => {
    fits &&= limit(width, bytes.length);
    return concat([leBytes(bytes.length, width), bytes]);
  };
  const counted = (items: readonly Uint8Array[]) => {
    fits &&= limit(form.list, items.length);
    return concat([leBytes(items.length, form.list), ...items]);
  };
  const bytes = concat([
    Uint8Array.of(message.numSigners, message.numWritableSigners, message.numWritableNonSigners),
    counted(message.accountKeys),
    counted(
      message.instructions.map((ix) =>
        concat([
          Uint8Array.of(ix.programIdIndex),
          prefixed(form.list, ix.accountIndexes),
          prefixed(form.data, ix.data),
        ]),
      ),
    ),
    counted(
      message.lookups.map((lookup) =>
        concat([
          lookup.accountKey,
          prefixed(form.list, lookup.writableIndexes),
          prefixed(form.list, lookup.readonlyIndexes),
        ]),
      ),
    ),
  ]);
  return fits ? bytes : null;
}

/** Borsh, as the account holds it. */
export const encodeStoredMessage = (message: VaultMessage): Uint8Array => {
  const bytes = encode(message, STORED);
  if (bytes === null) throw new RangeError('a vector of 2^32 entries');
  return bytes;
};

/** SmallVec, as the instruction carries it; null when a vector is too long for its prefix (255 entries, 65,535 bytes). */
export const encodeWireMessage = (message: VaultMessage): Uint8Array | null => encode(message, WIRE);

/** Undefined for an entry of a lookup table, and where there is no index. */
export const keyAt = (message: VaultMessage, index: number | undefined): Uint8Array | undefined =>
  index === undefined ? undefined : message.accountKeys[index];

export const isSigner = (message: VaultMessage, index: number): boolean => index < message.numSigners;

export function isWritable(message: VaultMessage, index: number): boolean {
  return index < message.numSigners
    ? index < message.numWritableSigners
    : index - message.numSigners < message.numWritableNonSigners && index < message.accountKeys.length;
}
