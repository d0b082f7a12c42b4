import { writeDocument } from '#governance/adapters/document-file.ts';
import { SipError } from '#governance/errors.ts';
import { defineCommand } from '../command.ts';
import { verdictText } from '../render/verdict.ts';
import { transactionIndex } from '../values.ts';
import { VERSION } from '../version.ts';

export const command = defineCommand({
  name: 'bundle',
  summary: 'Write a council transaction and its SIP into one file that is checked without a network',
  details:
    'The file holds the text, the bytes of the accounts with owner and address, and what follows from them. "sip verify --bundle FILE" derives all of it again on a computer that has no network; so does tools/second-opinion. What the file cannot prove is that the chain holds these bytes: whoever reads the chain answers for that. Exit 0 on match, 3 on every other verdict; the file is written all the same.',
  args: { out: { name: 'FILE.json', help: 'where to write' } },
  options: {
    transactionIndex: {
      flags: '--transaction-index <n>',
      help: "the council's transaction",
      parse: transactionIndex,
    },
    sip: { flags: '--sip <FILE>', help: 'the SIP it has to be, as file or number; else found by its digest' },
    replace: { flags: '--replace', help: 'write over an existing file' },
  },
  examples: [
    ['bundle review.json --transaction-index 12', 'with the text that the transaction names'],
    ['bundle review.json --transaction-index 12 --sip 8', 'with this text, whatever it names'],
  ],
  async run(context, { out }, { transactionIndex: index, sip: named, replace }) {
    if (index === undefined)
      throw new SipError('USAGE', { detail: 'say which transaction with --transaction-index' });
    const texts =
      named === undefined
        ? { library: await context.sips.library() }
        : { insistOn: (await context.sips.find(named)).sip };
    const { makeBundle } = await import('#governance/bundle/make.ts');
    const { renderBundle } = await import('#governance/bundle/document.ts');
    const pins = await context.pins();
    const rpc = await context.rpc();
    context.stage(`reading transaction ${index}`);
    const { bundle, verification } = await makeBundle(rpc, pins, index, texts, VERSION);
    await writeDocument(context.path(out), renderBundle(bundle), replace === true);
    const { verdict } = verification;
    return {
      json: { file: out, verdict, sip: bundle.sip, digest: bundle.digest, messageHash: bundle.messageHash },
      text(paper) {
        paper.line(
          `${out}: transaction ${index} with SIP-${bundle.sip}, ${verdictText(paper.paint, verdict)}`,
        );
        paper.pairs([
          ['digest', bundle.digest],
          ['message', bundle.messageHash ?? undefined],
        ]);
      },
      exit: verdict === 'match' ? 0 : 3,
    };
  },
});
