import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { z } from 'zod';

/** The bytes of the journal: one record per line, `length|crc32|json\n`, each holding the hash of the line before. */

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const index = z.string().regex(/^\d+$/); // u64 as decimal string

const INTENT = z.object({
  kind: z.literal('intent'),
  /** For a reader of the journal: what the user asked for. */
  what: z.string(),
  sip: z.number().int().optional(),
  digest: hash.optional(),
  council: z.string().optional(),
  transactionIndex: index.optional(),
  /** SHA-256 over fee payer and instructions: the same for two attempts at the same thing, whatever their blockhash. */
  messageHash: hash,
});
const SIGNED = z.object({
  kind: z.literal('signed'),
  intent: z.number().int(),
  signature: z.string(),
  /** Base64 of the signed transaction. */
  bytes: z.base64(),
  blockhash: z.string(),
  lastValidBlockHeight: index,
});
const OUTCOME = z.object({
  kind: z.literal('outcome'),
  intent: z.number().int(),
  signature: z.string(),
  result: z.enum(['landed', 'failed', 'expired', 'unknown']),
  slot: index.optional(),
  err: z.unknown().optional(),
});
/** What the user asked for never got as far as a signature. */
const DROPPED = z.object({ kind: z.literal('dropped'), intent: z.number().int(), reason: z.string() });
const ENTRY = z.discriminatedUnion('kind', [INTENT, SIGNED, OUTCOME, DROPPED]);
const RECORD = z.intersection(
  z.object({
    v: z.literal(1),
    seq: z.number().int(),
    prev: hash,
    /** Milliseconds of this computer. */ at: z.number(),
  }),
  ENTRY,
);

export type IntentEntry = z.infer<typeof INTENT>;
export type SignedEntry = z.infer<typeof SIGNED>;
export type OutcomeEntry = z.infer<typeof OUTCOME>;
export type JournalEntry = z.infer<typeof ENTRY>;
export type JournalRecord = z.infer<typeof RECORD>;

export const NO_LINE = '0'.repeat(64);
const LF = 0x0a;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The line, without its LF, and the hash that the next record carries as `prev`. */
export function renderRecord(record: JournalRecord): { line: Uint8Array; hash: string } {
  const json = encoder.encode(JSON.stringify(record));
  const head = encoder.encode(`${json.length}|${crc32(json).toString(16).padStart(8, '0')}|`);
  const line = new Uint8Array(head.length + json.length);
  line.set(head);
  line.set(json, head.length);
  return { line, hash: bytesToHex(sha256(line)) };
}

export interface ParsedJournal {
  readonly records: readonly JournalRecord[];
  /** Hash of the last whole line. */
  readonly last: string;
  /** Bytes of whole records; what follows them is torn. */
  readonly wholeBytes: number;
  readonly damage: { readonly line: number; readonly reason: string } | null;
}

/**
 * Reads whole records from the start. Rubbish after the last of them is a torn tail (an append that a crash cut off);
 * rubbish with a whole record behind it, a broken chain or an unknown record is damage.
 */
export function parseJournal(bytes: Uint8Array): ParsedJournal {
  const records: JournalRecord[] = [];
  let last = NO_LINE;
  let at = 0;
  const stop = (reason: string | null): ParsedJournal => ({
    records,
    last,
    wholeBytes: at,
    damage: reason === null ? null : { line: records.length + 1, reason },
  });
  while (at < bytes.length) {
    const end = bytes.indexOf(LF, at);
    const json = end < 0 ? undefined : unframe(bytes.subarray(at, end));
    if (json === undefined) return stop(hasWholeRecord(bytes, at + 1) ? 'its checksum does not fit' : null);
    const record = RECORD.safeParse(json);
    if (!record.success) return stop('the record is of an unknown kind; was it written by a newer version?');
    if (record.data.prev !== last || record.data.seq !== records.length)
      return stop('the chain of hashes is broken');
    last = bytesToHex(sha256(bytes.subarray(at, end)));
    records.push(record.data);
    at = end + 1;
  }
  return stop(null);
}

function hasWholeRecord(bytes: Uint8Array, from: number): boolean {
  for (let start = from; start < bytes.length; ) {
    const end = bytes.indexOf(LF, start);
    if (end < 0) return false;
    if (unframe(bytes.subarray(start, end)) !== undefined) return true;
    start = end + 1;
  }
  return false;
}

/** The JSON of a line whose length and checksum fit, else undefined. */
function unframe(line: Uint8Array): unknown {
  const head = /^(\d{1,9})\|([0-9a-f]{8})\|/.exec(String.fromCharCode(...line.subarray(0, 20)));
  if (!head) return undefined;
  const json = line.subarray(head[0].length);
  if (json.length !== Number(head[1]) || crc32(json) !== Number.parseInt(head[2]!, 16)) return undefined;
  try {
    return JSON.parse(decoder.decode(json));
  } catch {
    return undefined;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC-32 as in zip and PNG (reflected, 0xedb88320). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
