import { approvalsOf } from '#governance/proposals/provenance.ts';
import { distanceText } from '#governance/words/times.ts';
import type { Handlers } from '../engine.ts';

export const approvals = {
  /** Apart from reading a proposal: it asks for each transaction of its history. */
  async 'proposals.approvals'({ world }, { transactionIndex }) {
    const { rpc, pins, seats, nameOf } = world;
    const [found, { unixTimestamp: now }] = await Promise.all([
      approvalsOf(rpc, pins.council, BigInt(transactionIndex)),
      rpc.clock(),
    ]);
    return found.map(({ member, signature, at, feePayer, overNonce, besides }) => ({
      seat: seats.find(({ publicKey }) => publicKey === member)?.name ?? nameOf(member),
      publicKey: member,
      signature,
      when: at === null ? 'at a time that the endpoint does not know' : distanceText(at, now),
      warnings: [
        ...(overNonce ? ['Sent over a durable nonce: it may have been signed at any time before.'] : []),
        ...(feePayer === member ? [] : [`Paid for by another key, ${feePayer}.`]),
        ...(besides.length === 0
          ? []
          : [`In one transaction with something else, of ${besides.join(', ')}.`]),
      ],
    }));
  },
} satisfies Partial<Handlers>;
