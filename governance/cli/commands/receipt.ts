import { faultText, type ReceiptFault } from '#governance/receipts/faults.ts';
import type { Receipt } from '#governance/receipts/receipt.ts';
import type { Sip } from '#governance/sip/document.ts';
import { momentText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { findTarget } from '../decide.ts';
import { addressIn } from '../deployment.ts';
import type { Paper } from '../paper.ts';
import { readerForSigning } from '../quorum.ts';
import { readIfThere, readNamed } from '../read-file.ts';
import { type Given, giveReceipt } from '../receipts.ts';
import { receiptToJson } from '../render/receipts.ts';
import { verdictText } from '../render/verdict.ts';
import { transactionIndex } from '../values.ts';

const make = defineCommand({
  name: 'make',
  summary: 'Judge a transaction and sign what was found, to be kept beside the SIP file',
  details:
    'Reads the chain by the quorum, as approve does, and signs verdict, digest, transaction and message hash with the member’s key. A receipt is no approval: nothing counts it and nothing waits for it. Exit 0 on match, 3 on every other verdict; the receipt is made all the same.',
  args: {
    sip: { name: 'SIP', help: 'number or file of a SIP: all its open transactions', optional: true },
  },
  options: {
    transactionIndex: {
      flags: '--transaction-index <n>',
      help: 'one transaction of the council instead',
      parse: transactionIndex,
    },
  },
  examples: [
    ['receipt make 8 --as 1', 'of every open transaction of SIP-8'],
    ['receipt make --transaction-index 12', 'of one transaction, whatever its verdict and state'],
  ],
  async run(context, { sip: named }, { transactionIndex: index }) {
    const { transactionsOf } = await import('#governance/proposals/act.ts');
    const { library, sip } = await findTarget(context, named, index);
    const pins = await context.pins();
    const key = await context.signer();
    const rpc = await context.rpc();
    const reader = await readerForSigning(context);
    const indexes = sip ? await transactionsOf({ rpc }, pins, sip) : index === undefined ? [] : [index];
    const given: Given[] = [];
    for (const one of indexes) {
      context.stage(`reading transaction ${one}`);
      given.push(await giveReceipt(context, reader, pins, { transactionIndex: one, library }, key));
    }
    return {
      json: { receipts: given.map(({ receipt, file }) => ({ file, ...receiptToJson(receipt) })) },
      text(paper) {
        for (const { receipt, file } of given) {
          printReceipt(paper, receipt);
          paper.pairs([['  file', file]]);
        }
      },
      exit: given.every(({ verification }) => verification.verdict === 'match') ? 0 : 3,
    };
  },
});

const check = defineCommand({
  name: 'check',
  summary: 'Check review receipts: who signed, what, and whether it is about this text',
  details:
    'Needs no network: the signature is over the words, and the digest is that of the text, which is looked for beside the receipts where --sip is left out. With --on-chain, or a --url on the line, the transaction must have the message that was reviewed, and the signer must be a member of the council. Exit 3 where anything is not as stated.',
  args: { file: { name: 'FILE', help: 'receipts, as they lie beside a SIP file' } },
  options: {
    sip: { flags: '--sip <FILE>', help: 'the SIP it has to be about, as file or number' },
    onChain: { flags: '--on-chain', help: 'compare with the chain, too' },
  },
  examples: [
    ['receipt check sip-0008-jupsol.md.receipts.….jsonl', 'beside the text, without a network'],
    ['receipt check received.jsonl --sip 8 --on-chain', 'and with the chain'],
  ],
  async run(context, { file }, { sip: named, onChain }) {
    const { parseReceipts } = await import('#governance/receipts/receipt.ts');
    const { checkReceipt, readKnown } = await import('#governance/receipts/check.ts');
    const receipts = parseReceipts(await readNamed(context.path(file), file), file);
    const sip = await textFor(context, file, named);
    const { settings } = context;
    const asks = onChain === true || settings.url?.source === 'flag';
    const said = { council: addressIn(settings.council), programId: addressIn(settings['program-id']) };
    const checked: { readonly receipt: Receipt; readonly faults: readonly ReceiptFault[] }[] = [];
    for (const receipt of receipts) {
      const known = asks ? await readKnown(await context.rpc(), await context.pins(), receipt) : said;
      checked.push({ receipt, faults: checkReceipt(receipt, { ...known, sip }) });
    }
    return {
      json: {
        text: sip === undefined ? 'not-compared' : 'compared',
        chain: asks ? 'compared' : 'not-compared',
        receipts: checked.map(({ receipt, faults }) => ({ ...receiptToJson(receipt), faults })),
      },
      text(paper) {
        for (const { receipt, faults } of checked) {
          printReceipt(paper, receipt);
          for (const fault of faults) paper.line(`  ${paper.paint.red(fault.code)}  ${faultText(fault)}`);
        }
        paper.line(
          sip === undefined ? 'No text was compared: give it with --sip.' : `Text: SIP-${sip.header.sip}.`,
        );
        if (!asks)
          paper.line('The chain was not asked: whether the signer is a member it says with --on-chain.');
      },
      exit: checked.every(({ faults }) => faults.length === 0) ? 0 : 3,
    };
  },
});

export const command = defineCommand({
  name: 'receipt',
  summary: 'Signed review receipts: what a member’s console found, beside the SIP file',
  details: 'A receipt is no approval: nothing counts it, nothing waits for it, and nobody needs one.',
  examples: [...make.examples.slice(0, 1), ...check.examples.slice(0, 1)],
  subcommands: [make, check],
});

/** The text named, or the one beside the receipts; undefined where there is none. */
async function textFor(context: Context, file: string, named: string | undefined): Promise<Sip | undefined> {
  if (named !== undefined) return (await context.sips.find(named)).sip;
  const { besideOf } = await import('#governance/receipts/beside.ts');
  const beside = besideOf(file);
  if (beside === undefined || (await readIfThere(context.path(beside))) === null) return undefined;
  return (await context.sips.read(beside)).sip;
}

function printReceipt(paper: Paper, receipt: Receipt): void {
  const { sip, transactionIndex: index, member, verdict } = receipt;
  paper.line(`${paper.paint.bold(`SIP-${sip}`)}, transaction ${index}: ${verdictText(paper.paint, verdict)}`);
  paper.pairs([
    ['  member', member],
    ['  digest', receipt.digest],
    ['  message', receipt.messageHash ?? 'could not be read'],
    ['  council', receipt.council],
    ['  cluster', `genesis hash ${receipt.genesisHash}`],
    ['  reviewed', `${momentText(receipt.chainTime)}, by version ${receipt.tool}`],
  ]);
}
