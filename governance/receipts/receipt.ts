import bs58 from 'bs58';
import { z } from 'zod';
import type { Signer } from '../chain/ports.ts';
import {
  digest,
  formLines,
  hash,
  key,
  parseForm,
  renderForm,
  sipNumber,
  time,
  tool,
  transactionIndex,
  signature as utterance,
} from '../document-form.ts';
import { SipError } from '../errors.ts';
import { offchainMessage } from '../handoff/offchain-message.ts';
import { VERDICTS } from '../verify/index.ts';

/** A member's signed word on what their own console found in one transaction. It approves nothing. */

export const RECEIPT_VERSION = 1;

export const RECEIPT = z.strictObject({
  schemaVersion: z.literal(RECEIPT_VERSION),
  tool,
  genesisHash: key,
  programId: key,
  council: key,
  transactionIndex,
  sip: sipNumber,
  digest,
  verdict: z.enum(VERDICTS),
  /** SHA-256 of the message as the transaction account stores it; null where it could not be read. */
  messageHash: hash.nullable(),
  /** The chain's Clock at the review, unix seconds. */
  chainTime: time,
  member: key,
  /** Over the off-chain message of `receiptStatement`. */
  signature: utterance,
});
export type Receipt = z.output<typeof RECEIPT>;
/** What a receipt says, before anybody signs it. */
export type Review = Omit<Receipt, 'signature'>;

/** Some hundreds of transactions of one text. */
export const MAX_RECEIPT_BYTES = 256 * 1024;

/** All that a receipt says but who signs it, in printable ASCII: fit to be read on a hardware wallet. */
export function receiptStatement(review: Review): string {
  return [
    `Solayer SIP-${review.sip} review receipt ${review.schemaVersion}, not an approval`,
    `verdict ${review.verdict}`,
    `digest ${review.digest}`,
    `transaction ${review.transactionIndex}`,
    `message ${review.messageHash ?? 'none'}`,
    `council ${review.council}`,
    `program ${review.programId}`,
    `genesis ${review.genesisHash}`,
    `chain time ${review.chainTime}`,
    `tool ${review.tool}`,
  ].join('; ');
}

/** @param member whose key `review.member` is */
export async function signReceipt(review: Review, member: Signer): Promise<Receipt> {
  const signed = await member.sign(offchainMessage(receiptStatement(review)));
  return { ...review, signature: bs58.encode(signed) };
}

/** What a receipt is about; a file holds one receipt of each, in this order. */
export const placeOf = ({ genesisHash, council, programId, transactionIndex: index }: Review): string =>
  [genesisHash, council, programId, `${index}`.padStart(16, '0')].join(' ');

/** The one line of a receipt. */
export const receiptLine = (receipt: Receipt): string => renderForm(RECEIPT, receipt, 0);

/** The receipts of one member about one text, a line each. @param receipts in any order, one of each place */
export function renderReceipts(receipts: readonly Receipt[]): Uint8Array {
  return new TextEncoder().encode([...receipts].sort(byPlace).map(receiptLine).join(''));
}

/**
 * Reads the form and nothing more: what the lines say is judged by `checkReceipt`.
 * @param file name for messages
 * @throws SipError RECEIPT_INVALID, RECEIPT_TOO_NEW
 */
export function parseReceipts(content: Uint8Array, file: string): readonly Receipt[] {
  const invalid = (detail: string) => new SipError('RECEIPT_INVALID', { file, detail });
  if (content.length > MAX_RECEIPT_BYTES) throw invalid(`it is larger than ${MAX_RECEIPT_BYTES} bytes`);
  const receipts = formLines(content).map((line, at) => receiptIn(line, at + 1, file));
  const [first] = receipts;
  if (first === undefined) throw invalid('it is empty');
  for (const [at, receipt] of receipts.entries()) {
    if (receipt.member !== first.member || receipt.digest !== first.digest || receipt.sip !== first.sip)
      throw invalid(`line ${at + 1}: it is of another member or another text than the first`);
    const before = receipts[at - 1];
    if (before !== undefined && byPlace(before, receipt) >= 0)
      throw invalid(`line ${at + 1}: it is about the same transaction as the one before, or out of order`);
  }
  return receipts;
}

const byPlace = (a: Review, b: Review): number => {
  const [one, other] = [placeOf(a), placeOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
};

const FORM = { kind: 'RECEIPT', version: RECEIPT_VERSION, indent: 0, maxBytes: MAX_RECEIPT_BYTES } as const;
const receiptIn = (content: Uint8Array, line: number, file: string): Receipt =>
  parseForm(RECEIPT, content, FORM, { file, line });
