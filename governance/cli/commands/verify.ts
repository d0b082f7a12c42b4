import { SipError } from '#governance/errors.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Pins } from '#governance/types.ts';
import { momentText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { printEffects } from '../render/effects.ts';
import { explainLocal, localJson } from '../render/local.ts';
import { columnsOf } from '../render/screen.ts';
import { type Compared, printVerification } from '../render/verdict.ts';
import { transactionIndex } from '../values.ts';

export const command = defineCommand({
  name: 'verify',
  summary: 'Compare a council transaction byte for byte with the text of its SIP',
  details:
    'Recompiles the text and reads the chain with a decoder of its own. Without FILE the text is found by the digest in the transaction, in --sips or the project’s sips/. Exit 0 on match, 3 on every other verdict, 5 where there is none (no endpoint answers); with --simulate 1 where it matches, and its execution fails or leaves something else than the text promises.',
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
    simulate: {
      flags: '--simulate',
      help: 'also run its execution on this computer, and compare what it leaves with what the text promises',
    },
  },
  examples: [
    ['verify --transaction-index 12', 'find the text by its digest and compare'],
    ['verify sips/sip-0008-whitelist-jupsol.md --transaction-index 12', 'insist on this text'],
    ['verify --transaction-index 12 --simulate', 'and see what its execution does'],
    ['verify --transaction-index 12 --output json', 'the stable form for scripts'],
    [
      'verify --bundle review.json --council GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm --program-id 3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6',
      'on a computer without a network',
    ],
  ],
  async run(context, { file }, { transactionIndex: index, bundle, simulate }) {
    if (bundle !== undefined) {
      if (file !== undefined || index !== undefined || simulate)
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
    const { effectsOf } = await import('#governance/proposals/effects.ts');
    const { readTransaction } = await import('#governance/venues/squads/state.ts');
    const texts =
      file === undefined
        ? { library: await context.sips.library() }
        : { insistOn: (await context.sips.find(file)).sip };
    const pins = await context.pins();
    const rpc = await context.rpc();
    const { endpoints } = await context.deployment();
    context.stage(`reading transaction ${index}`);
    const { verification, sip } = await judgeTransaction(rpc, pins, index, texts);
    const local = simulate && !verification.executed ? await runHere(context, pins, index, sip) : undefined;
    const { transaction } = await readTransaction(rpc, pins.council, index);
    const effects = transaction?.kind === 'vault' ? effectsOf(transaction, sip, verification.part, pins) : [];
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
      json: { ...verificationToJson(verification), ...(local && { local: localJson(local) }) },
      text(paper) {
        printVerification(paper, verification, compared, columnsOf(context));
        // Unlike what is stale or expired: there the bytes are the text's.
        const inBytes = verification.differences.some(({ kind }) =>
          /^(different|extra|missing|reordered)/.test(kind),
        );
        printEffects(paper, effects, columnsOf(context), inBytes);
        if (local) explainLocal(paper, local);
        else if (simulate)
          paper.line('It has been executed: what it left stands on chain, see "sip status".');
      },
      exit: verification.verdict !== 'match' ? 3 : (local?.holds ?? true) ? 0 : 1,
    };
  },
});

/** From accounts that the profile's quorum agrees on. */
async function runHere(context: Context, pins: Pins, index: bigint, sip: Sip | undefined) {
  const { simulateSip } = await import('#governance/simulate/sip.ts');
  const { readerForSigning } = await import('../quorum.ts');
  context.stage('running it on this computer');
  return simulateSip(await readerForSigning(context), pins, [index], sip);
}
