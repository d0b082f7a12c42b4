import { z } from 'zod';
import { SipError } from '../errors.ts';
import { address } from '../profile/schema.ts';
import type { Address, Pins } from '../types.ts';

/**
 * A message on its way to a machine that has the key and no network. Nothing in it is believed but what that machine
 * reads in the message; the pins say which council it is read for.
 */
export interface SigningRequest {
  readonly message: Uint8Array;
  /** Whose signature is asked for. */
  readonly publicKey: Address;
  readonly pins: Pins;
  readonly cluster: string;
  /** Which transaction a vote or an execution is about. */
  readonly transactionIndex: bigint | null;
}

/** The longest statement that is signed, a request for changes; a transaction has a packet's 1,232 bytes. */
const MAX_MESSAGE_BYTES = 13_000;
/** That as base64, and the rest. */
const MAX_FILE_BYTES = 20_000;
const U64_MAX = 2n ** 64n - 1n;

const schema = z.strictObject({
  schemaVersion: z.literal(1),
  message: z.base64().max(Math.ceil(MAX_MESSAGE_BYTES / 3) * 4),
  publicKey: address,
  pins: z.strictObject({ programId: address, council: address, vault: address }),
  cluster: z.enum(['embedded', 'local', 'devnet', 'testnet', 'mainnet']),
  transactionIndex: z
    .string()
    .regex(/^(0|[1-9]\d{0,19})$/)
    .transform(BigInt)
    .refine((index) => index <= U64_MAX, 'larger than a u64')
    .nullable(),
});

/** @param file name for messages @throws SipError SIGNING_REQUEST_INVALID */
export function parseSigningRequest(bytes: Uint8Array, file: string): SigningRequest {
  const invalid = (detail: string) => new SipError('SIGNING_REQUEST_INVALID', { file, detail });
  if (bytes.length > MAX_FILE_BYTES) throw invalid(`it is larger than ${MAX_FILE_BYTES} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join('.') || 'its form'}: ${issue?.message ?? 'unreadable'}`);
  }
  const { schemaVersion: _, message, ...rest } = parsed.data;
  return { ...rest, message: new Uint8Array(Buffer.from(message, 'base64')) };
}
