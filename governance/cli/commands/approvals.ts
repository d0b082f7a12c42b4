import { SipError } from '#governance/errors.ts';
import { distanceText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import { count } from '../json.ts';
import { namesOn } from '../render/words.ts';
import { transactionIndex } from '../values.ts';

export const command = defineCommand({
  name: 'approvals',
  summary: 'Show how each approval of a transaction came about',
  details:
    'For each approval the transaction that carried it, its age, who paid for it, whether it was sent over a durable nonce, and what else was in the same transaction. An approval over a nonce may have been signed at any time before.',
  options: {
    transactionIndex: {
      flags: '--transaction-index <n>',
      help: 'of the transaction of the council',
      parse: transactionIndex,
    },
  },
  examples: [['approvals --transaction-index 12', 'of the council’s transaction 12']],
  async run(context, _, { transactionIndex: index }) {
    if (index === undefined) throw new SipError('USAGE', { detail: 'give --transaction-index' });
    const pins = await context.pins();
    const rpc = await context.rpc();
    context.stage('reading the history');
    const { approvalsOf } = await import('#governance/proposals/provenance.ts');
    const approvals = await approvalsOf(rpc, pins.council, index);
    const { unixTimestamp: now } = await rpc.clock();
    const nameOf = namesOn((await context.deployment()).sandbox);
    return {
      json: {
        transactionIndex: count(index),
        approvals: approvals.map(({ at, ...one }) => ({ ...one, at })),
      },
      text(paper) {
        if (approvals.length === 0) {
          paper.line('The endpoint has no approval of it in its history.');
          return;
        }
        for (const { member, at, feePayer, overNonce, besides, signature } of approvals) {
          const when = at === null ? 'at an unknown time' : distanceText(at, now);
          paper.line(`${nameOf(member)} approved ${when}`);
          paper.pairs([
            ['  member', member],
            ['  transaction', signature],
            ['  paid by', feePayer === member ? undefined : feePayer],
            ['  besides', besides.length === 0 ? undefined : besides.join(', ')],
          ]);
          if (overNonce)
            paper.line(paper.paint.red('  sent over a durable nonce: signed at any time before'));
        }
      },
      exit: approvals.some(({ overNonce }) => overNonce) ? 3 : 0,
    };
  },
});
