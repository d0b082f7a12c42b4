import type { Read, Span } from '#governance/verify/bytes.ts';
import { trailingBytes } from '#governance/verify/realms/layout.ts';

/** Answers with what bytes mean; null for bytes that are refused. */
export type Reader = (data: Uint8Array) => object | null;

/** A decoder of accounts with room behind them, which refuses what trails. */
export const strictly =
  (decode: (data: Uint8Array) => Read<{ readonly spans: { readonly room: Span } }>): Reader =>
  (data) => {
    const read = decode(data);
    return read.ok && trailingBytes(data, read.value.spans.room) === null ? read.value : null;
  };

/** A decoder of accounts that are as long as what is used of them. */
export const exactly =
  (decode: (data: Uint8Array) => Read<object>): Reader =>
  (data) => {
    const read = decode(data);
    return read.ok && read.used === data.length ? read.value : null;
  };

/** Without where it stands: two accounts that differ in nothing but offsets mean the same. */
function meaning(account: object): string {
  return JSON.stringify(account, (name, value: unknown) => {
    if (name === 'spans' || name === 'bytes') return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  });
}

/** Each bit of a byte, all of it, none of it. */
const BITS = [1, 2, 4, 8, 16, 32, 64, 128].map((bit) => (byte: number) => byte ^ bit);
const REPLACEMENTS = [...BITS, () => 0, () => 255];

/** Offsets at which a byte can be another one and the account still be taken for the same. */
export function unnoticedChanges(bytes: Uint8Array, reader: Reader): number[] {
  const original = reader(bytes);
  if (original === null) throw new Error(`refused: ${Buffer.from(bytes).toString('hex')}`);
  const before = meaning(original);
  const unnoticed = new Set<number>();
  const copy = Uint8Array.from(bytes);
  for (const [at, byte] of bytes.entries()) {
    for (const replace of REPLACEMENTS) {
      copy[at] = replace(byte);
      if (copy[at] === byte) continue;
      const read = reader(copy);
      if (read !== null && meaning(read) === before) unnoticed.add(at);
    }
    copy[at] = byte;
  }
  return [...unnoticed];
}
