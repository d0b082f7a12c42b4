import { z } from 'zod';
import { isAddress } from '../base58.ts';
import { SipError } from '../errors.ts';
import type { Address, Digest } from '../types.ts';

/** The form of a review bundle: one JSON document, of which each content has exactly one sequence of bytes. */

export const BUNDLE_VERSION = 1;
/** A SIP's 256 KiB and six accounts of at most 10 KiB as base64, and what is said of them. */
const MAX_BYTES = 1024 * 1024;

const key = z
  .string()
  .refine(isAddress, 'not the canonical base58 form of 32 bytes')
  .transform((text) => text as Address);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hex digits');
const u64 = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,19})$/, 'not a number in decimal digits')
  .transform(BigInt)
  .refine((value) => value < 2n ** 64n, 'not below 2^64');
const bytes = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text, 'not padded base64')
  .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')));
/** Derived lines hold nothing else, so that no line shows otherwise than it is. */
const lines = z.array(z.string().regex(/^[\x20-\x7e]*$/, 'not printable ASCII'));
const account = z.strictObject({ address: key, owner: key, data: bytes }).nullable();

const DOCUMENT = z.strictObject({
  schemaVersion: z.literal(BUNDLE_VERSION),
  /** Version of the console that wrote it. */
  tool: z.string().regex(/^[0-9A-Za-z.+-]{1,32}$/, 'no version'),
  genesisHash: key,
  slot: u64,
  /** The chain's Clock at that slot, unix seconds. */
  chainTime: u64,
  programId: key,
  council: key,
  vault: key,
  transactionIndex: z.int().min(0),
  sip: z.int().min(0).max(0xffff_ffff),
  digest: hash.transform((text) => text as Digest),
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
  return new TextEncoder().encode(`${JSON.stringify(plain(bundle), null, 2)}\n`);
}

/** In the order of the schema, which is the order of the file. */
function plain(bundle: Bundle): z.input<typeof DOCUMENT> {
  const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');
  const one = (of: Bundle['accounts']['multisig']) =>
    of && { address: of.address, owner: of.owner, data: base64(of.data) };
  const { multisig, transaction, proposal, sipRecord, config } = bundle.accounts;
  return {
    schemaVersion: bundle.schemaVersion,
    tool: bundle.tool,
    genesisHash: bundle.genesisHash,
    slot: `${bundle.slot}`,
    chainTime: `${bundle.chainTime}`,
    programId: bundle.programId,
    council: bundle.council,
    vault: bundle.vault,
    transactionIndex: bundle.transactionIndex,
    sip: bundle.sip,
    digest: bundle.digest,
    text: base64(bundle.text),
    idlHash: bundle.idlHash,
    messageHash: bundle.messageHash,
    accounts: {
      multisig: one(multisig),
      transaction: one(transaction),
      proposal: one(proposal),
      sipRecord: one(sipRecord),
      config: one(config),
    },
    instructions: bundle.instructions,
    effect: bundle.effect,
  };
}

/**
 * Reads the form and nothing more: what the fields say is judged by `checkBundle`.
 * @param file name for messages
 * @throws SipError BUNDLE_INVALID, BUNDLE_TOO_NEW
 */
export function parseBundle(content: Uint8Array, file: string): Bundle {
  const invalid = (detail: string) => new SipError('BUNDLE_INVALID', { file, detail });
  if (content.length > MAX_BYTES) throw invalid(`it is larger than ${MAX_BYTES} bytes`);
  const json = parseJson(content);
  if (json === undefined) throw invalid('it is not JSON in UTF-8');
  const version = versionOf(json);
  if (version !== undefined && version > BUNDLE_VERSION)
    throw new SipError('BUNDLE_TOO_NEW', { file, version, known: BUNDLE_VERSION });
  const parsed = DOCUMENT.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unreadable' };
    throw invalid(path.length === 0 ? message : `${path.join('.')}: ${message}`);
  }
  // Another order, a key twice, other blanks: a reader somewhere could see another document in it.
  if (!Buffer.from(renderBundle(parsed.data)).equals(content))
    throw invalid('it is not in the one form that a bundle has, byte for byte');
  return parsed.data;
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
