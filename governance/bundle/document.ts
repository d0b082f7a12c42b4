import { z } from 'zod';
import {
  account as anyAccount,
  bytes,
  digest,
  hash,
  key,
  parseForm,
  renderForm,
  sipNumber,
  tool,
  u64,
} from '../document-form.ts';

/** The form of a review bundle: one JSON document, of which each content has exactly one sequence of bytes. */

export const BUNDLE_VERSION = 1;
/** A SIP's 256 KiB and six accounts of at most 10 KiB as base64, and what is said of them. */
const MAX_BYTES = 1024 * 1024;

/** Derived lines hold nothing else, so that no line shows otherwise than it is. */
const lines = z.array(z.string().regex(/^[\x20-\x7e]*$/, 'not printable ASCII'));
const account = anyAccount.nullable();

const DOCUMENT = z.strictObject({
  schemaVersion: z.literal(BUNDLE_VERSION),
  tool,
  genesisHash: key,
  slot: u64,
  /** The chain's Clock at that slot, unix seconds. */
  chainTime: u64,
  programId: key,
  council: key,
  vault: key,
  transactionIndex: z.int().min(0),
  sip: sipNumber,
  digest,
  /** The SIP's file, unchanged. */
  text: bytes,
  /** SHA-256 of the program's IDL as JSON without blanks. */
  idlHash: hash,
  /** SHA-256 of the message as the transaction account stores it; null where it cannot be read. */
  messageHash: hash.nullable(),
  accounts: z.strictObject({
    multisig: account,
    transaction: account,
    proposal: account,
    sipRecord: account,
    config: account,
  }),
  /** What the message on chain does, instruction by instruction. */
  instructions: lines,
  /** What the text leaves on chain, account by account. */
  effect: lines,
});
export type Bundle = z.output<typeof DOCUMENT>;

export function renderBundle(bundle: Bundle): Uint8Array {
  return new TextEncoder().encode(renderForm(DOCUMENT, bundle, 2));
}

/**
 * Reads the form and nothing more: what the fields say is judged by `checkBundle`.
 * @param file name for messages
 * @throws SipError BUNDLE_INVALID, BUNDLE_TOO_NEW
 */
export function parseBundle(content: Uint8Array, file: string): Bundle {
  const form = { kind: 'BUNDLE', version: BUNDLE_VERSION, indent: 2, maxBytes: MAX_BYTES } as const;
  return parseForm(DOCUMENT, content, form, { file });
}
