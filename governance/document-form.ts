import bs58 from 'bs58';
import { z } from 'zod';
import { isAddress } from './base58.ts';
import { SipError } from './errors.ts';
import type { Address, Digest, UnixSeconds } from './types.ts';

/**
 * Documents that one person writes and another checks: JSON of which each content has exactly one sequence of bytes.
 * Amounts and times are decimal strings, bytes padded base64, hashes lower-case hex, keys base58.
 */

export const key = z
  .string()
  .refine(isAddress, 'not the canonical base58 form of 32 bytes')
  .transform((text) => text as Address);
/** Base58 of 64 bytes. */
export const signature = z.string().refine((text) => {
  const decoded = text.length <= 88 ? bs58.decodeUnsafe(text) : undefined;
  return decoded?.length === 64 && bs58.encode(decoded) === text;
}, 'not the canonical base58 form of 64 bytes');
export const hash = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hex digits');
export const digest = hash.transform((text) => text as Digest);
export const u64 = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,19})$/, 'not a number in decimal digits')
  .transform(BigInt)
  .refine((value) => value < 2n ** 64n, 'not below 2^64');
/** Unix seconds of the chain, up to the end of the year 9999. */
export const time = u64
  .refine((value) => value < 253_402_300_800n, 'no time')
  .transform((value) => value as UnixSeconds);
/** Of a council's transaction; they start at 1. */
export const transactionIndex = z.int().min(1);
export const bytes = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text, 'not padded base64')
  .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')));
export const sipNumber = z.int().min(0).max(0xffff_ffff);
/** Version of the console that wrote it. */
export const tool = z.string().regex(/^[0-9A-Za-z.+-]{1,32}$/, 'no version');
export const account = z.strictObject({ address: key, owner: key, data: bytes });

/** In the order of the schema, whatever the order of the value. @param indent 0: on one line */
export function renderForm<S extends z.ZodType>(schema: S, value: z.output<S>, indent: 0 | 2): string {
  return `${JSON.stringify(plain(schema.parse(plain(value))), null, indent)}\n`;
}

/** Which document it is, and its bounds. */
export interface Form {
  /** Its errors are `<kind>_INVALID` and `<kind>_TOO_NEW`. */
  readonly kind: 'AUDIT' | 'BUNDLE' | 'CHANGE_REQUEST' | 'RECEIPT';
  readonly version: number;
  /** 0: on one line. */
  readonly indent: 0 | 2;
  readonly maxBytes: number;
}

/**
 * Reads what `renderForm` writes, and nothing else: another order, a key twice or other blanks could be another
 * document to another reader.
 * @param where file, and line where there are several, for messages
 * @throws SipError <kind>_INVALID, <kind>_TOO_NEW where a later console wrote it
 */
export function parseForm<S extends z.ZodType>(
  schema: S,
  content: Uint8Array,
  { kind, version: known, indent, maxBytes }: Form,
  { file, line }: { readonly file: string; readonly line?: number },
): z.output<S> {
  const invalid = (detail: string) =>
    new SipError(`${kind}_INVALID`, {
      file,
      detail: line === undefined ? detail : `line ${line}: ${detail}`,
    });
  if (content.length > maxBytes) throw invalid(`it is larger than ${maxBytes} bytes`);
  const json = parseJson(content);
  if (json === undefined) throw invalid('it is not JSON in UTF-8');
  const version = versionOf(json);
  if (version !== undefined && version > known)
    throw new SipError(`${kind}_TOO_NEW`, { file, version, known });
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unreadable' };
    throw invalid(path.length === 0 ? message : `${path.join('.')}: ${message}`);
  }
  if (!Buffer.from(renderForm(schema, parsed.data, indent)).equals(content))
    throw invalid('it is not in the one form that it has, byte for byte');
  return parsed.data;
}

/** The lines of a document of several forms, each with its LF; what follows the last LF is a line without. */
export function formLines(content: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(LF, at);
    const next = end < 0 ? content.length : end + 1;
    lines.push(content.subarray(at, next));
    at = next;
  }
  return lines;
}

const LF = 0x0a;

/** As the fields above read it again. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content));
  } catch {
    return undefined;
  }
}

function versionOf(json: unknown): number | undefined {
  if (typeof json !== 'object' || json === null || !('schemaVersion' in json)) return undefined;
  return typeof json.schemaVersion === 'number' ? json.schemaVersion : undefined;
}
