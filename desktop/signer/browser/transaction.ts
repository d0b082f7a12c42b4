import bs58 from 'bs58';

const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;
/** The high bit of a message's first byte marks a version. */
const VERSIONED = 0x80;

/** A transaction with empty signatures, as a wallet takes it, and where the message lies in it. */
export function unsigned(message: Uint8Array): {
  readonly transaction: Uint8Array;
  readonly messageOffset: number;
  readonly version: 0 | 'legacy';
} {
  const signers = signersOf(message);
  const messageOffset = 1 + SIGNATURE_BYTES * signers;
  const transaction = new Uint8Array(messageOffset + message.length);
  transaction[0] = signers;
  transaction.set(message, messageOffset);
  return { transaction, messageOffset, version: isVersioned(message) ? 0 : 'legacy' };
}

/** The key's signature in what a wallet gave back, or why there is none: it may have signed something else. */
export function signatureIn(
  transaction: Uint8Array,
  message: Uint8Array,
  publicKey: string,
): Uint8Array | 'changed' | 'absent' {
  const signers = signersOf(message);
  const offset = 1 + SIGNATURE_BYTES * signers;
  if (transaction[0] !== signers || Buffer.compare(transaction.subarray(offset), message) !== 0)
    return 'changed';
  const at = keysOf(message, signers).indexOf(publicKey);
  const from = 1 + SIGNATURE_BYTES * at;
  const signature = transaction.slice(from, from + SIGNATURE_BYTES);
  return at < 0 || signature.every((byte) => byte === 0) ? 'absent' : signature;
}

const isVersioned = (message: Uint8Array): boolean => ((message[0] ?? 0) & VERSIONED) !== 0;

/** First byte of the header. The signing grammar knows no message of more than 127, whose count would take two bytes. */
const signersOf = (message: Uint8Array): number => message[isVersioned(message) ? 1 : 0] ?? 0;

/** The signers come first in the list of keys, which follows three bytes of header and a count of one byte. */
function keysOf(message: Uint8Array, count: number): string[] {
  const from = (isVersioned(message) ? 1 : 0) + 4;
  return Array.from({ length: count }, (_, at) =>
    bs58.encode(message.subarray(from + KEY_BYTES * at, from + KEY_BYTES * (at + 1))),
  );
}
