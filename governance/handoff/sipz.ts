import bs58 from 'bs58';
import { z } from 'zod';
import { addressOf } from '../chain/address.ts';
import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import type { Address, Digest } from '../types.ts';
import { isSignedBy, offchainMessage } from './offchain-message.ts';

/** A SIP handed in by its author: the file's bytes and the author's signature over number and digest. */
export interface Handoff {
  readonly sip: number;
  /** The bytes of the SIP file, unchanged. */
  readonly text: Uint8Array;
  readonly digest: Digest;
  readonly author: Address;
  /** Base58 of 64 bytes. */
  readonly signature: string;
}

/** Number and digest of a SIP's bytes; throws SipError SIP_INVALID. Given by `sip/`. */
export type ReadSip = (text: Uint8Array) => { readonly sip: number; readonly digest: Digest };

/** The SIP's limit of 256 KiB as base64, and the rest. */
const MAX_FILE_BYTES = 400 * 1024;

const base58 = (bytes: number) =>
  z.string().refine((text) => {
    try {
      const decoded = bs58.decode(text);
      return decoded.length === bytes && bs58.encode(decoded) === text;
    } catch {
      return false;
    }
  }, `not base58 of ${bytes} bytes`);

const DOCUMENT = z.strictObject({
  schemaVersion: z.literal(1),
  sip: z.int().min(0).max(0xffff_ffff),
  text: z.base64(),
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hex digits'),
  author: base58(32),
  signature: base58(64),
});

/** What the author signs: fit to be read on a hardware wallet. */
export function handoffStatement(sip: number, digest: Digest): string {
  return `Solayer SIP-${sip} ${digest}`;
}

/**
 * The content of a `.sipz` file.
 * @throws SipError SIP_INVALID
 */
export async function exportHandoff(text: Uint8Array, author: Signer, readSip: ReadSip): Promise<Uint8Array> {
  const { sip, digest } = readSip(text);
  const signature = await author.sign(offchainMessage(handoffStatement(sip, digest)));
  const document: z.input<typeof DOCUMENT> = {
    schemaVersion: 1,
    sip,
    text: Buffer.from(text).toString('base64'),
    digest,
    author: addressOf(author.publicKey),
    signature: bs58.encode(signature),
  };
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

/**
 * Reads and checks a `.sipz` file: form, number and digest against the text inside, signature.
 * @param file name for messages
 * @throws SipError HANDOFF_INVALID, HANDOFF_SIGNATURE_INVALID, SIP_INVALID
 */
export function importHandoff(bytes: Uint8Array, file: string, readSip: ReadSip): Handoff {
  const invalid = (detail: string) => new SipError('HANDOFF_INVALID', { file, detail });
  if (bytes.length > MAX_FILE_BYTES) throw invalid(`it is larger than ${MAX_FILE_BYTES} bytes`);
  const parsed = DOCUMENT.safeParse(parseJson(bytes));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unreadable' };
    throw invalid(path.length === 0 ? message : `${path.join('.')}: ${message}`);
  }
  const { sip, author, signature } = parsed.data;
  const text = new Uint8Array(Buffer.from(parsed.data.text, 'base64'));
  const digest = parsed.data.digest as Digest;
  const found = readSip(text);
  if (found.sip !== sip) throw invalid(`it says SIP-${sip}, its text is SIP-${found.sip}`);
  if (found.digest !== digest) throw invalid('its digest is not that of its text');
  if (!isSignedBy(author, signature, offchainMessage(handoffStatement(sip, digest))))
    throw new SipError('HANDOFF_SIGNATURE_INVALID', { file, author });
  return { sip, text, digest, author: author as Address, signature };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
