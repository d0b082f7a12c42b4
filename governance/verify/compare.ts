import { align } from './align.ts';
import { hex, type Span, sameBytes, toAddress } from './bytes.ts';
import type { Difference, DifferenceKind } from './difference.ts';
import { announcementFields } from './sip-bytes.ts';
import {
  isSigner,
  isWritable,
  keyAt,
  type MessageInstruction,
  type MessageSpans,
  type VaultMessage,
} from './wire.ts';

/** A field of the announcing instruction whose difference has a verdict of its own. */
const KIND_OF_FIELD: Readonly<Record<string, DifferenceKind>> = {
  digest: 'digest-unknown',
  members_hash: 'wrong-council',
};
/** Differences of one instruction whose `expected` is a key, so that the table need not repeat it. */
const NAMES_A_KEY: ReadonlySet<DifferenceKind> = new Set(['different-program', 'different-account']);
/** Differing bytes closer together than this are shown as one range. */
const RUN_GAP = 8;

const addressAt = (message: VaultMessage, index: number): string => {
  const key = keyAt(message, index);
  return key === undefined ? `entry ${index - message.accountKeys.length} of a lookup table` : toAddress(key);
};

/** A part as the text compiles to it. */
export interface Wanted {
  readonly message: VaultMessage;
  /** Stored form. */
  readonly bytes: Uint8Array;
}

/** A part as the chain holds it. */
export interface Present {
  readonly message: VaultMessage;
  /** Where the message stands in `data`. */
  readonly spans: MessageSpans;
  /** The transaction account. */
  readonly data: Uint8Array;
}

/** Every difference between the message a SIP compiles to and the message on chain; empty only for equal bytes. */
export function compareParts(wanted: Wanted, present: Present): readonly Difference[] {
  const { message, spans, data } = present;
  const bytes = spans.whole;
  const actual = data.subarray(...bytes);
  if (sameBytes(wanted.bytes, actual)) return [];
  const found = compareMessages(wanted.message, message, spans);
  if (found.length > 0) return found;
  // Not reached while the comparison by meaning is complete. Whatever that says, only equal bytes are equal.
  const expected = hex(wanted.bytes);
  return [{ kind: 'different-argument', field: 'bytes', expected, actual: hex(actual), bytes }];
}

function compareMessages(
  expected: VaultMessage,
  actual: VaultMessage,
  spans: MessageSpans,
): readonly Difference[] {
  const found: Difference[] = [];
  const known = new Ids();
  const shape = (message: VaultMessage) => message.instructions.map((ix) => shapeOf(message, ix, known));
  const want = shape(expected);
  const have = shape(actual);
  const { pairs, missing, extra, moved } = align(want.length, have.length, (e, a) =>
    cost(want[e]!, have[a]!),
  );

  for (const instruction of extra) {
    const { programIdIndex, data } = actual.instructions[instruction]!;
    found.push({
      kind: 'extra-instruction',
      instruction,
      actual: `${addressAt(actual, programIdIndex)} with data ${hex(data)}`,
      bytes: spans.instructions[instruction]!.whole,
    });
  }
  for (const instruction of missing) {
    const { programIdIndex, data } = expected.instructions[instruction]!;
    found.push({
      kind: 'missing-instruction',
      instruction,
      expected: `${addressAt(expected, programIdIndex)} with data ${hex(data)}`,
    });
  }
  for (const instruction of moved) {
    const place = pairs.find(([, a]) => a === instruction)![0];
    found.push({
      kind: 'reordered',
      instruction,
      expected: `${place}`,
      actual: `${instruction}`,
      bytes: spans.instructions[instruction]!.whole,
    });
  }
  for (const [e, a] of pairs) found.push(...compareInstruction(expected, e, actual, a, spans));
  found.push(...compareKeyTables(expected, actual, spans, found));
  return found;
}

/** What an instruction asks for, with keys as small numbers: comparing 15 with 255 instructions stays cheap. */
interface Shape {
  readonly program: number;
  readonly accounts: string;
  readonly head: string;
  readonly data: string;
}

class Ids {
  private readonly ids = new Map<string, number>();
  of(text: string): number {
    const id = this.ids.get(text) ?? this.ids.size;
    this.ids.set(text, id);
    return id;
  }
}

function shapeOf(message: VaultMessage, ix: MessageInstruction, known: Ids): Shape {
  const key = (index: number) => known.of(hex(keyAt(message, index) ?? Uint8Array.of(index & 0xff)));
  return {
    program: key(ix.programIdIndex),
    accounts: Array.from(ix.accountIndexes, key).join(),
    head: hex(ix.data.subarray(0, 8)),
    data: hex(ix.data),
  };
}

function cost(e: Shape, a: Shape): number {
  const sameProgram = e.program === a.program;
  const sameData = e.data === a.data;
  if (sameProgram && sameData && e.accounts === a.accounts) return 0;
  if (sameProgram && e.head === a.head) return sameData ? 0.3 : 0.5;
  if (sameProgram) return 1.2;
  return sameData ? 0.7 : 1.6;
}

function compareInstruction(
  expected: VaultMessage,
  e: number,
  actual: VaultMessage,
  a: number,
  spans: MessageSpans,
): readonly Difference[] {
  const want = expected.instructions[e]!;
  const have = actual.instructions[a]!;
  const at = spans.instructions[a]!;
  const found: Difference[] = [];
  /** The key's own bytes when the table holds another key in the same place, else the byte that points elsewhere. */
  const place = (index: number, wanted: number, pointer: Span): Span =>
    (index === wanted ? spans.keys[index] : undefined) ?? pointer;

  if (!sameKey(expected, want.programIdIndex, actual, have.programIdIndex)) {
    found.push({
      kind: 'different-program',
      instruction: a,
      expected: addressAt(expected, want.programIdIndex),
      actual: addressAt(actual, have.programIdIndex),
      bytes: place(have.programIdIndex, want.programIdIndex, at.program),
    });
  }

  const accounts = Math.max(want.accountIndexes.length, have.accountIndexes.length);
  for (let account = 0; account < accounts; account++) {
    const wanted = want.accountIndexes[account];
    const got = have.accountIndexes[account];
    if (sameKey(expected, wanted, actual, got)) continue;
    const pointer: Span =
      got === undefined ? at.accounts : [at.accounts[0] + account, at.accounts[0] + account + 1];
    found.push({
      kind: 'different-account',
      instruction: a,
      account,
      ...(wanted !== undefined && { expected: addressAt(expected, wanted) }),
      ...(got !== undefined && { actual: addressAt(actual, got) }),
      bytes: wanted === undefined || got === undefined ? pointer : place(got, wanted, pointer),
    });
  }

  const fields = announcementFields(want.data);
  if (fields !== undefined && fields === announcementFields(have.data)) {
    for (const { name, from, to, number } of fields) {
      const [w, h] = [want.data.subarray(from, to), have.data.subarray(from, to)];
      if (sameBytes(w, h)) continue;
      found.push({
        kind: KIND_OF_FIELD[name] ?? 'different-argument',
        instruction: a,
        field: name,
        expected: number ? decimal(w) : hex(w),
        actual: number ? decimal(h) : hex(h),
        bytes: [at.data[0] + from, at.data[0] + to],
      });
    }
    return found;
  }
  for (const [from, to] of differingRuns(want.data, have.data)) {
    found.push({
      kind: 'different-argument',
      instruction: a,
      expected: hex(want.data.subarray(from, to)),
      actual: hex(have.data.subarray(from, to)),
      bytes: [at.data[0] + from, Math.min(at.data[0] + to, at.data[1])],
    });
  }
  return found;
}

/** Keys of a lookup table are never equal to anything: the text never compiles to one. */
function sameKey(
  expected: VaultMessage,
  e: number | undefined,
  actual: VaultMessage,
  a: number | undefined,
): boolean {
  const [want, have] = [keyAt(expected, e), keyAt(actual, a)];
  return want !== undefined && have !== undefined && sameBytes(want, have);
}

/** not_after is signed, the others are not: a date before 1970 would be shown as a large number, never as another date. */
function decimal(bytes: Uint8Array): string {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n).toString();
}

function differingRuns(a: Uint8Array, b: Uint8Array): readonly Span[] {
  const runs: [number, number][] = [];
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] === b[i]) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last[1] < RUN_GAP) last[1] = i + 1;
    else runs.push([i, i + 1]);
  }
  return runs;
}

const role = (message: VaultMessage, index: number): string =>
  [
    isWritable(message, index) ? 'writable' : 'read-only',
    ...(isSigner(message, index) ? ['signer'] : []),
  ].join(' ');

/**
 * The table of keys itself: keys that should not be there or are not there, who signs and who is writable, order.
 * Together with the instructions this is the whole message: tables equal here and instructions equal above leave
 * no byte to differ.
 */
function compareKeyTables(
  expected: VaultMessage,
  actual: VaultMessage,
  spans: MessageSpans,
  already: readonly Difference[],
): readonly Difference[] {
  const shown = new Set(already.map((d) => d.bytes?.join()));
  const named = new Set(already.filter((d) => NAMES_A_KEY.has(d.kind)).map((d) => d.expected));
  const found: Difference[] = [];
  /** Positions on chain, by expected position; each is used once, so that a key listed twice shows up as unused. */
  const positions = new Map<string, number[]>();
  actual.accountKeys.forEach((key, i) => {
    const id = hex(key);
    positions.set(id, [...(positions.get(id) ?? []), i]);
  });

  expected.accountKeys.forEach((key, wanted) => {
    const account = positions.get(hex(key))?.shift();
    if (account === undefined) {
      const address = toAddress(key);
      if (!named.has(address))
        found.push({ kind: 'different-account', field: `key ${wanted}`, expected: address });
      return;
    }
    if (role(expected, wanted) !== role(actual, account)) {
      found.push({
        kind: 'different-account',
        account,
        field: toAddress(key),
        expected: role(expected, wanted),
        actual: role(actual, account),
        bytes: spans.header,
      });
    }
  });
  for (const account of [...positions.values()].flat()) {
    const bytes = spans.keys[account]!;
    if (shown.has(bytes.join())) continue;
    found.push({ kind: 'different-account', account, actual: addressAt(actual, account), bytes });
  }

  // Equal keys with equal roles: only their order can differ now.
  const off = [...actual.accountKeys.keys()].filter((i) => !sameKey(expected, i, actual, i));
  const first = off[0];
  if (found.length === 0 && first !== undefined && shown.size === 0) {
    found.push({
      kind: 'different-account',
      account: first,
      field: 'order of keys',
      expected: addressAt(expected, first),
      actual: addressAt(actual, first),
      bytes: [spans.keys[first]![0], spans.keys[off.at(-1)!]![1]],
    });
  }
  return found;
}
