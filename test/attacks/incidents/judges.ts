import { postureOf } from '#governance/posture/council.ts';
import { hotFindings } from '#governance/posture/roles.ts';
import { verifyTransaction } from '#governance/verify/index.ts';
import { reviewMessage } from '#governance/verify/signing/index.ts';

/** What stands between a hostile proposal and a signature. */
export interface Judges {
  readonly verify: typeof verifyTransaction;
  readonly review: typeof reviewMessage;
  readonly posture: typeof postureOf;
  readonly hot: typeof hotFindings;
}

export const REAL: Judges = {
  verify: verifyTransaction,
  review: reviewMessage,
  posture: postureOf,
  hot: hotFindings,
};
