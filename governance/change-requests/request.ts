import bs58 from 'bs58';
import { z } from 'zod';
import type { Signer } from '../chain/ports.ts';
import {
  digest,
  formLines,
  key,
  parseForm,
  renderForm,
  sipNumber,
  time,
  tool,
  signature as utterance,
} from '../document-form.ts';
import { SipError } from '../errors.ts';
import { offchainText } from '../handoff/offchain-message.ts';
import { isChangeText } from './text.ts';

/** A reviewer's signed word on what a text should say otherwise. It is about one digest, and no vote. */

export const CHANGE_REQUEST_VERSION = 1;

export const CHANGE_REQUEST = z.strictObject({
  schemaVersion: z.literal(CHANGE_REQUEST_VERSION),
  tool,
  genesisHash: key,
  programId: key,
  council: key,
  sip: sipNumber,
  /** Of the text that was read. */
  digest,
  /** The chain's Clock when it was written, unix seconds. */
  chainTime: time,
  /** What should change. */
  text: z.string().refine(isChangeText, 'not in the one form that such a text has'),
  reviewer: key,
  /** Over the off-chain message of `changeRequestStatement`. */
  signature: utterance,
});
export type ChangeRequest = z.output<typeof CHANGE_REQUEST>;
/** What a request says, before anybody signs it. */
export type Wish = Omit<ChangeRequest, 'signature'>;

/** Of one reviewer about one text. */
export const MAX_CHANGE_REQUEST_BYTES = 256 * 1024;

/** All that a request says but who signs it. What is free comes last: nothing behind it could be meant. */
export function changeRequestStatement(wish: Wish): string {
  return [
    `Solayer SIP-${wish.sip} request for changes ${wish.schemaVersion}, not a vote`,
    `digest ${wish.digest}`,
    `council ${wish.council}`,
    `program ${wish.programId}`,
    `genesis ${wish.genesisHash}`,
    `chain time ${wish.chainTime}`,
    `tool ${wish.tool}`,
    `changes: ${wish.text}`,
  ].join('; ');
}

/** @param reviewer whose key `wish.reviewer` is */
export async function signChangeRequest(wish: Wish, reviewer: Signer): Promise<ChangeRequest> {
  const signed = await reviewer.sign(offchainText(changeRequestStatement(wish)));
  return { ...wish, signature: bs58.encode(signed) };
}

/** The one line of a request. */
export const lineOf = (request: ChangeRequest): string => renderForm(CHANGE_REQUEST, request, 0);

/** The requests of one reviewer about one text, a line each, oldest first. */
export function renderChangeRequests(requests: readonly ChangeRequest[]): Uint8Array {
  return new TextEncoder().encode([...requests].sort(inTime).map(lineOf).join(''));
}

/**
 * Reads the form and nothing more: what the lines say is judged by `checkChangeRequest`.
 * @param file name for messages
 * @throws SipError CHANGE_REQUEST_INVALID, CHANGE_REQUEST_TOO_NEW
 */
export function parseChangeRequests(content: Uint8Array, file: string): readonly ChangeRequest[] {
  const invalid = (detail: string) => new SipError('CHANGE_REQUEST_INVALID', { file, detail });
  if (content.length > MAX_CHANGE_REQUEST_BYTES)
    throw invalid(`it is larger than ${MAX_CHANGE_REQUEST_BYTES} bytes`);
  const requests = formLines(content).map((line, at) =>
    parseForm(CHANGE_REQUEST, line, FORM, { file, line: at + 1 }),
  );
  const [first] = requests;
  if (first === undefined) throw invalid('it is empty');
  for (const [at, request] of requests.entries()) {
    const { reviewer, digest: text, sip } = request;
    if (reviewer !== first.reviewer || text !== first.digest || sip !== first.sip)
      throw invalid(`line ${at + 1}: it is of another reviewer or about another text than the first`);
    const before = requests[at - 1];
    if (before !== undefined && inTime(before, request) >= 0)
      throw invalid(`line ${at + 1}: it is the same as the one before, or out of order`);
  }
  return requests;
}

const FORM = {
  kind: 'CHANGE_REQUEST',
  version: CHANGE_REQUEST_VERSION,
  indent: 0,
  maxBytes: MAX_CHANGE_REQUEST_BYTES,
} as const;

/** By the chain's time; of one moment by signature, so that their order is no choice. */
export function inTime(a: ChangeRequest, b: ChangeRequest): number {
  if (a.chainTime !== b.chainTime) return a.chainTime < b.chainTime ? -1 : 1;
  return a.signature < b.signature ? -1 : a.signature > b.signature ? 1 : 0;
}
