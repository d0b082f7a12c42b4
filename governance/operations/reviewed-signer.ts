import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import type { Address, Pins } from '../types.ts';
import { reviewMessage } from '../verify/signing/index.ts';

/**
 * The same signer, behind the closed grammar: it signs only what can be read in the bytes as one known thing of this
 * council. What built the message has no say in that.
 * @param transactionIndex which transaction a vote or an execution is about; null for everything else
 * @throws SipError SIGNING_GRAMMAR by `sign`
 */
export function reviewedSigner(signer: Signer, pins: Pins, transactionIndex: bigint | null = null): Signer {
  const feePayer = signer.publicKey.toBase58() as Address;
  return {
    publicKey: signer.publicKey,
    async sign(message) {
      const reviewed = reviewMessage(message, { pins, feePayer, transactionIndex });
      if (!reviewed.ok)
        throw new SipError('SIGNING_GRAMMAR', { reason: reviewed.code, detail: reviewed.sentence });
      return signer.sign(message);
    },
  };
}
