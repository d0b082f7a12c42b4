import { SipError } from '#governance/errors.ts';
import { momentText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import { columnsOf } from '../render/screen.ts';
import { type Compared, printVerification } from '../render/verdict.ts';
import { transactionIndex } from '../values.ts';

export const command = defineCommand({
  name: 'verify',
  summary: 'Compare a council transaction byte for byte with the text of its SIP',
  details:
    'Recompiles the text and reads the chain with a decoder of its own. Without FILE the text is found by the digest in the transaction, in --sips or the project’s sips/. Exit 0 on match, 3 on every other verdict, 5 where there is none (no endpoint answers).',
  args: { file: { name: 'FILE', help: 'the SIP it has to be, as file or number', optional: true } },
  options: {
    transactionIndex: {
      flags: '--transaction-index <n>',
      help: "the council's transaction",
      parse: transactionIndex,
    },
    bundle: {
      flags: '--bundle <FILE>',
      help: 'a file of "sip bundle" instead of the chain; no network is used',
    },
  },
  examples: [
    ['verify --transaction-index 12', 'find the text by its digest and compare'],
    ['verify sips/sip-0008-whitelist-jupsol.md --transaction-index 12', 'insist on this text'],
    ['verify --transaction-index 12 --output json', 'the stable form for scripts'],
    [
      'verify --bundle review.json --council GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm --program-id 3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6',
      'on a computer without a network',
    ],
  ],
  async run(context, { file }, { transactionIndex: index, bundle }) {
    if (bundle !== undefined) {
      if (file !== undefined || index !== undefined)
        throw new SipError('USAGE', {
          detail: 'a bundle names its text and its transaction: give --bundle alone',
        });
      const { verifyBundle } = await import('../verify-bundle.ts');
      return verifyBundle(context, bundle);
    }
    if (index === undefined)
      throw new SipError('USAGE', { detail: 'say which transaction with --transaction-index' });
    const { judgeTransaction } = await import('#governance/proposals/judge.ts');
    const { transactionAddress, verificationToJson } = await import('#governance/verify/index.ts');
    const { redact } = await import('#governance/chain/endpoint.ts');
    const texts =
      file === undefined
        ? { library: await context.sips.library() }
        : { insistOn: (await context.sips.find(file)).sip };
    const pins = await context.pins();
    const rpc = await context.rpc();
    const { endpoints } = await context.deployment();
    context.stage(`reading transaction ${index}`);
    const { verification, sip } = await judgeTransaction(rpc, pins, index, texts);
    const { slot, unixTimestamp } = await rpc.clock();
    const { part, parts } = verification;
    const compared: Compared = [
      [
        'text',
        sip
          ? `SIP-${sip.header.sip} "${sip.header.title}"`
          : 'none at hand has the digest in the transaction',
      ],
      ['digest', sip?.digest],
      ['part', part === null ? undefined : `${part} of ${parts ?? '?'}`],
      ['transaction', `${index}, account ${transactionAddress(pins.council, index).address}`],
      ['council', pins.council],
      ['read from', `${redact(new URL(endpoints[0]))}, genesis hash ${await rpc.genesisHash()}`],
      ['at', `slot ${slot}, chain time ${momentText(unixTimestamp)}`],
    ];
    return {
      json: verificationToJson(verification),
      text: (paper) => printVerification(paper, verification, compared, columnsOf(context)),
      exit: verification.verdict === 'match' ? 0 : 3,
    };
  },
});
