import { z } from 'zod';
import { address, amount, hash } from './base.ts';
import { postureFinding } from './proposals.ts';
import { seat } from './state.ts';

/** The council itself. */

export const council = z.strictObject({
  address,
  vault: address,
  threshold: z.number(),
  timeLockSeconds: z.number(),
  configAuthority: address.nullable(),
  membersHash: hash,
  members: z.array(seat),
  vaultLamports: amount,
  posture: z.array(postureFinding),
  /** The steps of the set-up, in their order. */
  steps: z.array(
    z.strictObject({
      name: z.string(),
      state: z.enum(['done', 'missing', 'begun', 'mismatch']),
      address: address.nullable(),
      detail: z.string(),
    }),
  ),
  /** Approved transactions that nobody has executed, in words. */
  loose: z.array(
    z.strictObject({
      transactionIndex: z.string(),
      stale: z.boolean(),
      what: z.string(),
      remedy: z.string(),
    }),
  ),
  /** Changes of the council itself that are before it. */
  pending: z.array(
    z.strictObject({
      transactionIndex: z.string(),
      state: z.string(),
      changes: z.array(z.strictObject({ label: z.string(), value: z.string() })).nullable(),
    }),
  ),
});
export type CouncilView = z.infer<typeof council>;
