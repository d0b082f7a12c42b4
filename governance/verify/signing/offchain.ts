import { Refusal } from './refusal.ts';

/** Solana's off-chain message, version 0, as governance/handoff writes it, read without its code. */

/** `\xff` and "solana offchain", version 0. A transaction's message begins with another byte. */
const HEAD = Uint8Array.from([0xff, ...[...'solana offchain'].map((char) => char.charCodeAt(0)), 0]);
/** The format, and two bytes of length. */
const BODY_AT = HEAD.length + 3;
/** Behind the header of 20 bytes: a packet, and what the length can say. */
const MOST_SHORT = 1212;
const MOST = 65_515;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const isOffchain = (bytes: Uint8Array): boolean => bytes[0] === HEAD[0];

/** Where a statement's words begin, for refusals. */
export const WORDS_AT = BODY_AT;

/** The words, whole. A text has one format only: each content is one sequence of bytes. */
export function readOffchain(bytes: Uint8Array): string {
  const wrong = HEAD.findIndex((byte, at) => bytes[at] !== byte);
  if (wrong >= 0)
    throw new Refusal('MESSAGE_UNREADABLE', wrong, 'The bytes are no statement that is signed here.');
  const body = bytes.subarray(BODY_AT);
  const length = (bytes[HEAD.length + 1] ?? 0) | ((bytes[HEAD.length + 2] ?? 0) << 8);
  if (length !== body.length || length === 0 || length > MOST)
    throw new Refusal('MESSAGE_UNREADABLE', HEAD.length + 1, 'The statement is not as long as it says.');
  if (bytes[HEAD.length] !== formatOf(body))
    throw new Refusal('MESSAGE_UNREADABLE', HEAD.length, 'The statement names another format than it has.');
  try {
    return UTF8.decode(body);
  } catch {
    throw new Refusal('MESSAGE_UNREADABLE', BODY_AT, 'The statement is no text in UTF-8.');
  }
}

/** 0 printable ASCII and 1 UTF-8, both of a packet's length; 2 longer. */
function formatOf(body: Uint8Array): 0 | 1 | 2 {
  if (body.length > MOST_SHORT) return 2;
  return body.every((byte) => byte >= 0x20 && byte <= 0x7e) ? 0 : 1;
}
