import bs58 from 'bs58';
import type { Address } from '../types.ts';

/** Half-open range of offsets: `[from, to)`. */
export type Span = readonly [from: number, to: number];

/** What a decoder answers: bytes of a stranger are an expected outcome, never a throw. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly used: number }
  | { readonly ok: false; readonly at: number; readonly wanted: string };

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class Unreadable extends Error {
  readonly at: number;
  readonly wanted: string;
  constructor(at: number, wanted: string) {
    super(wanted);
    this.at = at;
    this.wanted = wanted;
  }
}

/** Reads little-endian values strictly in order; running past the end or a value outside its type fails the read. */
export class Cursor {
  readonly data: Uint8Array;
  private readonly view: DataView;
  at = 0;

  constructor(data: Uint8Array) {
    this.data = data;
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  get left(): number {
    return this.data.length - this.at;
  }

  /** Ends the read, naming what was wanted where. */
  fail(wanted: string, at = this.at): never {
    throw new Unreadable(at, wanted);
  }

  private step(length: number, wanted: string): number {
    if (length > this.left) this.fail(wanted);
    const from = this.at;
    this.at += length;
    return from;
  }

  u8 = (): number => this.view.getUint8(this.step(1, 'one byte'));
  u16 = (): number => this.view.getUint16(this.step(2, 'two bytes'), true);
  u32 = (): number => this.view.getUint32(this.step(4, 'four bytes'), true);
  u64 = (): bigint => this.view.getBigUint64(this.step(8, 'eight bytes'), true);
  i64 = (): bigint => this.view.getBigInt64(this.step(8, 'eight bytes'), true);
  key = (): Uint8Array => this.take(32);

  take(length: number): Uint8Array {
    const from = this.step(length, `${length} bytes`);
    return this.data.subarray(from, from + length);
  }

  /** Room that nothing has been written to. */
  zeros(length: number): void {
    const from = this.at;
    const other = this.take(length).findIndex((byte) => byte !== 0);
    if (other >= 0) this.fail('a zero', from + other);
  }

  /** Borsh's string: its length in bytes, then UTF-8 of which nothing is dropped or mended. */
  text(maximumBytes = Number.MAX_SAFE_INTEGER): string {
    const from = this.at;
    const length = this.u32();
    if (length > maximumBytes) this.fail(`a text of at most ${maximumBytes} bytes`, from);
    const bytes = this.take(length);
    try {
      return UTF8.decode(bytes);
    } catch {
      return this.fail('UTF-8', from + 4);
    }
  }

  tag(allowed: number, wanted: string): number {
    const value = this.u8();
    if (value >= allowed) this.fail(wanted, this.at - 1);
    return value;
  }

  bool(): boolean {
    return this.tag(2, 'a boolean of 0 or 1') === 1;
  }

  option<T>(item: () => T): T | null {
    return this.tag(2, 'an option tag of 0 or 1') === 1 ? item() : null;
  }

  /** `minimumBytes` of an item bounds the count before anything is allocated. */
  list<T>(count: number, minimumBytes: number, item: () => T): T[] {
    if (count * minimumBytes > this.left) this.fail(`${count} entries of at least ${minimumBytes} bytes`);
    return Array.from({ length: count }, item);
  }
}

/** Runs a decoder over `data`; `used` says how many bytes it accounted for. */
export function read<T>(data: Uint8Array, decode: (cursor: Cursor) => T): Read<T> {
  const cursor = new Cursor(data);
  try {
    const value = decode(cursor);
    return { ok: true, value, used: cursor.at };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, at: error.at, wanted: error.wanted };
    throw error;
  }
}

/** Like `read`, for layouts that leave no byte over. */
export function readExactly<T>(data: Uint8Array, decode: (cursor: Cursor) => T): Read<T> {
  return read(data, (cursor) => {
    const value = decode(cursor);
    if (cursor.left > 0) cursor.fail(`nothing after byte ${cursor.at}`);
    return value;
  });
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

export function toAddress(key: Uint8Array): Address {
  return bs58.encode(key) as Address;
}

export function fromAddress(address: Address): Uint8Array {
  return bs58.decode(address);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function leBytes(value: bigint | number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = BigInt(value);
  for (let i = 0; i < length; i++) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
