import { sha256 } from '@noble/hashes/sha2';
import { hex, toAddress } from '../bytes.ts';
import { Refusal } from './refusal.ts';
import type { Review } from './review.ts';

/**
 * The one statement that is signed besides transactions: an author hands in a SIP. Solana's off-chain message, version 0,
 * as governance/handoff writes it; its first byte is one that no transaction message begins with.
 */

/** `\xff` and "solana offchain", version 0, restricted ASCII. */
const HEAD = Uint8Array.from([0xff, ...[...'solana offchain'].map((char) => char.charCodeAt(0)), 0, 0]);
/** Number and digest, in the only form there is: no leading zero, lower-case hex. */
const STATEMENT = /^Solayer SIP-([1-9]\d{0,3}) ([0-9a-f]{64})$/;

export const isStatement = (bytes: Uint8Array): boolean => bytes[0] === HEAD[0];

/** Reads the whole of it. */
export function readStatement(bytes: Uint8Array): Review {
  const wrong = HEAD.findIndex((byte, at) => bytes[at] !== byte);
  if (wrong >= 0)
    throw new Refusal('MESSAGE_UNREADABLE', wrong, 'The bytes are no statement that is signed here.');
  const body = bytes.subarray(HEAD.length + 2);
  const length = bytes[HEAD.length]! | (bytes[HEAD.length + 1]! << 8);
  if (length !== body.length)
    throw new Refusal('MESSAGE_UNREADABLE', HEAD.length, 'The statement is not as long as it says.');
  const text = String.fromCharCode(...body.subarray(0, 256));
  const [, number, digest] = STATEMENT.exec(text) ?? [];
  if (body.length > 256 || number === undefined || digest === undefined)
    throw new Refusal(
      'ARGUMENT_UNEXPECTED',
      HEAD.length + 2,
      'The statement says something else than that a SIP is handed in.',
    );
  const hash = sha256(bytes);
  return {
    kind: 'hand-in',
    title: `Hand in SIP-${number}`,
    lines: [
      { label: 'Statement', value: `Solayer SIP-${number}, and its digest` },
      { label: 'Digest of the text', value: digest },
      { label: 'On chain', value: 'nothing: no transaction can be made of it' },
    ],
    transactionIndex: null,
    announcement: null,
    inner: [],
    messageHash: { hex: hex(hash), base58: toAddress(hash) },
  };
}
