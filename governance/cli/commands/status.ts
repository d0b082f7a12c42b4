import type { Beside } from '#governance/change-requests/beside.ts';
import type { CheckedChangeRequest } from '#governance/change-requests/check.ts';
import type { Snapshot, TrackedSip } from '#governance/lifecycle/track.ts';
import type { ReceiptsAtHand } from '#governance/receipts/checked.ts';
import type { Reason } from '#governance/venues/squads/reasons.ts';
import { stepText } from '#governance/words/steps.ts';
import { momentText, whenText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { changeRequestToJson, printChangeRequests } from '../render/change-requests.ts';
import { printReceipts, receiptToJson } from '../render/receipts.ts';
import { columnsOf } from '../render/screen.ts';
import {
  chainTimeLine,
  commandFor,
  dueText,
  inOrder,
  printStatusTable,
  printTransactions,
  statusText,
  trackedToJson,
  transactionToJson,
} from '../render/status.ts';
import { type NameOf, namesOn, whoText } from '../render/words.ts';

export const command = defineCommand({
  name: 'status',
  summary: 'Show where SIPs stand, and what is due next, for whom and when',
  details:
    'Derived from the chain each time: only transactions whose bytes are what the text compiles to count. With a number: its transactions, votes, impostors, reasons, requests for changes and record.',
  args: { sip: { name: 'SIP', help: 'number or file of one SIP', optional: true } },
  examples: [
    ['status', 'every SIP of the folder'],
    ['status 8', 'one SIP in detail'],
  ],
  async run(context, { sip: named }) {
    const { readSnapshot, trackSips } = await import('#governance/lifecycle/track.ts');
    const { sipLibrary } = await import('#governance/proposals/library.ts');
    const { strangersIn } = await import('#governance/proposals/strangers.ts');
    const library =
      named === undefined ? await context.sips.library() : sipLibrary([(await context.sips.find(named)).sip]);
    const pins = await context.pins();
    context.stage('reading the chain');
    const snapshot = await readSnapshot(await context.rpc(), pins, library);
    const tracked = trackSips(snapshot, pins, library);
    const { now } = snapshot.scan;
    const nameOf = namesOn((await context.deployment()).sandbox);
    const [only] = tracked;
    if (named !== undefined && only) return detail(context, snapshot, only, nameOf);
    const columns = columnsOf(context);
    const foreign = [...strangersIn(snapshot.scan, library), ...snapshot.scan.changes]
      .map(({ transactionIndex }) => transactionIndex)
      .sort((a, b) => Number(a - b));
    return {
      json: { now, sips: tracked.map(trackedToJson), withoutText: foreign.map(count) },
      text: (paper) => {
        if (tracked.length === 0) paper.line(`There are no SIPs in ${context.sips.folder}.`);
        else printStatusTable(paper, tracked, now, nameOf, columns);
        for (const { sip, impostors } of tracked)
          for (const { transactionIndex, verification } of impostors)
            paper.line(
              paper.paint.yellow(
                `Impostor: transaction ${transactionIndex} names the digest of SIP-${sip.header.sip} and is not it (${verification.verdict}).`,
              ),
            );
        if (foreign.length > 0)
          paper.line(
            paper.paint.yellow(
              `Open transactions of the council that carry no SIP at hand: ${foreign.join(', ')} (see "sip verify").`,
            ),
          );
        paper.line(chainTimeLine(paper.paint, now));
      },
    };
  },
});

async function detail(context: Context, { scan }: Snapshot, tracked: TrackedSip, nameOf: NameOf) {
  const { basename, dirname } = await import('node:path');
  const { folderFiles } = await import('#governance/adapters/files.ts');
  const { readTransaction } = await import('#governance/venues/squads/state.ts');
  const { readReasons } = await import('#governance/venues/squads/reasons.ts');
  const { sip } = tracked;
  const transactions = inOrder(tracked.transactions);
  const pins = await context.pins();
  const rpc = await context.rpc();
  const votes = await Promise.all(
    transactions.map(async ({ transactionIndex }) => {
      const { proposal } = await readTransaction(rpc, pins.council, transactionIndex);
      return {
        transactionIndex,
        approved: proposal?.approved ?? [],
        rejected: proposal?.rejected ?? [],
        cancelled: proposal?.cancelled ?? [],
      };
    }),
  );
  const path = context.path(sip.file);
  const files = folderFiles(dirname(path));
  const { checkedReceipts } = await import('#governance/receipts/checked.ts');
  const { readChangeRequests } = await import('#governance/change-requests/beside.ts');
  const { checkChangeRequest, readKnown } = await import('#governance/change-requests/check.ts');
  const [reasons, reviewed, { requests, problems }, known] = await Promise.all([
    readReasons(files, basename(path)),
    checkedReceipts(rpc, pins, sip, files, basename(path)),
    readChangeRequests(files, basename(path)),
    readKnown(rpc, pins),
  ]);
  const wanted = requests.map((one) => checkChangeRequest(one, sip, known));
  return {
    json: {
      now: scan.now,
      ...trackedToJson(tracked),
      transactions: transactions.map((one, at) => {
        const { transactionIndex: _, ...cast } = votes[at] ?? { transactionIndex: 0n };
        return { ...transactionToJson(one), votes: cast };
      }),
      impostors: tracked.impostors.map(transactionToJson),
      record: recordOf(tracked),
      reasons: reasons.map(({ transactionIndex, ...reason }) => ({
        ...reason,
        transactionIndex: count(transactionIndex),
      })),
      receipts: reviewed.receipts.map(({ receipt, faults }) => ({ ...receiptToJson(receipt), faults })),
      receiptsProblem: reviewed.problem && { code: reviewed.problem.code, message: reviewed.problem.message },
      changeRequests: wanted.map(changeRequestToJson),
      changeRequestProblems: problems.map(({ code, message }) => ({ code, message })),
    },
    text: (paper: Paper) =>
      printDetail(paper, tracked, { votes, reasons, reviewed, wanted, problems }, scan.now, nameOf),
  };
}

interface Votes {
  readonly transactionIndex: bigint;
  readonly approved: readonly Reason['who'][];
  readonly rejected: readonly Reason['who'][];
  readonly cancelled: readonly Reason['who'][];
}

/** What members said of a SIP: on chain, and beside its file. */
interface Said {
  readonly votes: readonly Votes[];
  readonly reasons: readonly Reason[];
  readonly reviewed: ReceiptsAtHand;
  /** Requests for changes, and files of them that were not read. */
  readonly wanted: readonly CheckedChangeRequest[];
  readonly problems: Beside['problems'];
}

const recordOf = ({ record }: TrackedSip) =>
  record && {
    part: record.part,
    parts: record.parts,
    councilTx: count(record.councilTx),
    slot: count(record.slot),
    executedAt: record.executedAt,
    digest: record.digest.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };

function printDetail(
  paper: Paper,
  tracked: TrackedSip,
  { votes, reasons, reviewed, wanted, problems }: Said,
  now: Snapshot['scan']['now'],
  nameOf: NameOf,
): void {
  const { paint } = paper;
  const { sip, status, because, due, transactions, impostors } = tracked;
  const record = recordOf(tracked);
  paper.line(`${paint.bold(`SIP-${sip.header.sip}`)}  ${sip.header.title}  ${statusText(paint, status)}`);
  paper.pairs([
    ['  because', because],
    ['  digest', sip.digest],
    ['  valid until', whenText(sip.validUntil, now)],
    [
      '  record',
      record
        ? `part ${record.part} of ${record.parts} by transaction ${record.councilTx}, ${momentText(record.executedAt)}`
        : undefined,
    ],
  ]);
  if (transactions.length > 0) {
    paper.line();
    printTransactions(paper, transactions, now, nameOf);
    for (const { transactionIndex, approved, rejected, cancelled } of votes) {
      const said = Object.entries({ approved, rejected, cancelled })
        .filter(([, keys]) => keys.length > 0)
        .map(([vote, keys]) => `${vote} by ${keys.map(nameOf).join(', ')}`);
      if (said.length > 0) paper.line(`  transaction ${transactionIndex}: ${said.join('; ')}`);
    }
  }
  if (impostors.length > 0) {
    paper.line();
    paper.line(paint.yellow('Impostors (they name the digest and are not this text; reject them):'));
    printTransactions(paper, impostors, now, nameOf);
  }
  if (reasons.length > 0) {
    paper.line();
    paper.line(paint.bold('Reasons'));
    for (const { vote, who, when, transactionIndex, text } of reasons)
      paper.line(
        `  ${vote} of transaction ${transactionIndex} by ${nameOf(who)}, ${momentText(when)}: ${text.replace(/\s+/g, ' ')}`,
      );
  }
  printChangeRequests(paper, wanted, problems, nameOf);
  printReceipts(paper, reviewed, nameOf);
  if (due.length > 0) {
    paper.line();
    paper.line(paint.bold('Due'));
    for (const step of due) {
      paper.line(`  ${stepText(step)}, by ${whoText(step.who, nameOf)}, ${dueText(step, now)}`);
      paper.line(paint.dim(`    ${commandFor(step, sip.file)}`));
    }
  }
  paper.line();
  paper.line(chainTimeLine(paint, now));
}
