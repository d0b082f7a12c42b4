import { z } from 'zod';
import { address, hash, seconds } from './base.ts';

/** What members and reviewers signed besides votes. */

/** What a member's console found, signed; it approves nothing. */
export const reviewReceipt = z.strictObject({
  /** SHA-256 of all that it says. */
  id: hash,
  seat: z.string(),
  publicKey: address,
  verdict: z.string(),
  /** Chain time of the review. */
  at: seconds,
  tool: z.string(),
  /** What of it is not so; empty as a rule. */
  faults: z.array(z.string()),
});
export type ReviewReceiptView = z.infer<typeof reviewReceipt>;
export const reviewReceipts = z.strictObject({
  receipts: z.array(reviewReceipt),
  /** Why those at hand were not read; null where they were. */
  problem: z.string().nullable(),
});

/** What a reviewer wants changed in a text, signed; it is no vote. */
export const changeRequest = z.strictObject({
  /** SHA-256 of all that it says. */
  id: hash,
  /** Name of the reviewer's key. */
  seat: z.string(),
  publicKey: address,
  /** Why it is no member's; empty where it is, and where the members are not known. */
  standing: z.string(),
  /** Chain time. */
  at: seconds,
  text: z.string(),
  /** Still about the text that is looked at; else a new one has answered it. */
  open: z.boolean(),
  /** Of the text that it is about. */
  digest: hash,
  tool: z.string(),
  /** What of it is not so; empty as a rule. */
  faults: z.array(z.string()),
});
export type ChangeRequestView = z.infer<typeof changeRequest>;

export const changeRequests = z.strictObject({
  /** Oldest first. */
  requests: z.array(changeRequest),
  /** Files that were not read, in sentences. */
  problems: z.array(z.string()),
});

/** What became of a file of signed words that somebody sent. */
export const takenStatements = z.strictObject({
  kind: z.enum(['requests', 'receipts']),
  sip: z.number(),
  /** How many lie beside the document now that did not before; a request that did is counted all the same. */
  taken: z.number(),
});
export type TakenStatements = z.infer<typeof takenStatements>;
