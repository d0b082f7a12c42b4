import type { Act } from '#governance/proposals/act.ts';
import { neededText } from '#governance/proposals/told.ts';
import { momentText } from '#governance/words/times.ts';
import { type AnyCommand, defineCommand } from './command.ts';
import { type Decided, decide, findTarget, reasonText } from './decide.ts';
import { count } from './json.ts';
import type { Paper } from './paper.ts';
import { stateToJson } from './render/status.ts';
import { verdictText } from './render/verdict.ts';
import { transactionIndex } from './values.ts';

interface Words {
  readonly summary: string;
  readonly details: string;
  /** "approved" */
  readonly done: string;
}

/** The four steps on a proposal differ in words only; what they may do is the library's business. */
export function actCommand(what: Act, { summary, details, done }: Words): AnyCommand {
  return defineCommand({
    name: what,
    summary,
    details,
    args: {
      sip: {
        name: 'SIP',
        help: 'number or file of a SIP: all its open transactions, part by part',
        optional: true,
      },
    },
    options: {
      transactionIndex: {
        flags: '--transaction-index <n>',
        help: 'one transaction of the council instead',
        parse: transactionIndex,
      },
      reason: {
        flags: '--reason <text>',
        help: 'why, kept beside the SIP file (never on chain)',
        parse: reasonText,
      },
      ...(what === 'approve' && {
        receipt: {
          flags: '--receipt',
          help: 'sign a review receipt, too, once the vote is cast; see "sip receipt"',
        },
      }),
    },
    examples: [
      [`${what} 8`, `${what} SIP-8`],
      [`${what} --transaction-index 12`, `${what} one transaction of the council`],
    ],
    async run(context, { sip: named }, options) {
      const target = await findTarget(context, named, options.transactionIndex);
      const wishes = { reason: options.reason, receipt: options.receipt === true };
      const decided = await context.sending((ports) => decide(context, ports, target, what, wishes));
      const differences = what === 'execute' ? await confirmState(context, decided) : [];
      return {
        json: {
          act: what,
          ...(what === 'execute' && {
            stateAsExpected: differences.length === 0,
            stateDifferences: differences,
          }),
          transactions: decided.map(decidedToJson),
        },
        text: (paper) => {
          for (const one of decided) printDecided(paper, what, done, one);
          if (what === 'execute') printState(paper, decided, differences);
        },
      };
    },
  });
}

/** After the last part: the state on chain beside what the text promises. */
async function confirmState(
  context: Parameters<typeof decide>[0],
  decided: readonly Decided[],
): Promise<readonly { readonly field: string; readonly expected: unknown; readonly actual: unknown }[]> {
  const last = decided.at(-1);
  if (!last?.sip || !isComplete(last) || last.outcome.kind !== 'executed') return [];
  const { confirmExpectations } = await import('#governance/actions/confirm.ts');
  const { expectationsOf } = await import('#governance/lifecycle/expected.ts');
  const pins = await context.pins();
  const found = await confirmExpectations(
    expectationsOf(last.sip, pins),
    await context.rpc(),
    pins.programId,
  );
  return found.map(({ type, field, expected, actual }) => ({ field: `${type}.${field}`, expected, actual }));
}

const isComplete = ({ verification: { part, parts } }: Decided): boolean => part !== null && part === parts;

function printState(
  paper: Paper,
  decided: readonly Decided[],
  differences: Awaited<ReturnType<typeof confirmState>>,
): void {
  const last = decided.at(-1);
  if (last?.outcome.kind !== 'executed' || !last.sip || !isComplete(last)) return;
  if (differences.length === 0) paper.line('The state on chain is what the text says.');
  else paper.line(paper.paint.red('The state on chain is not what the text says:'));
  for (const { field, expected, actual } of differences)
    paper.line(`  ${field}: the text says ${expected}, the chain has ${actual}`);
}

function printDecided(
  paper: Paper,
  what: Act,
  done: string,
  { transactionIndex: index, verification, sip, outcome, line, receipt }: Decided,
): void {
  const { paint } = paper;
  const { part, parts } = verification;
  const ofParts = parts !== null && parts > 1 ? `, part ${part} of ${parts}` : '';
  const name = sip ? ` (SIP-${sip.header.sip}${ofParts})` : '';
  if (outcome.kind === 'already-voted' || outcome.kind === 'already-executed') {
    const how =
      outcome.kind === 'already-voted'
        ? `${done} by this key already, ${neededText(what, outcome)}`
        : 'executed already';
    paper.line(`Transaction ${index}${name} is ${how}. Nothing was sent.`);
    paper.pairs([['  receipt', receipt ?? undefined]]);
    return;
  }
  paper.line(`${paint.bold(done.charAt(0).toUpperCase() + done.slice(1))} transaction ${index}${name}.`);
  paper.pairs([
    ['  verdict', verdictText(paint, verification.verdict)],
    ['  now', outcome.kind === 'voted' ? neededText(what, outcome) : undefined],
    ['  executable', outcome.kind === 'voted' ? executableText(outcome) : undefined],
    ['  signature', outcome.landed.signature],
    ['  receipt', receipt ?? undefined],
    [
      '  compute units',
      outcome.landed.computeUnits === null ? undefined : outcome.landed.computeUnits.toLocaleString('en'),
    ],
  ]);
  if (line !== null && what !== 'execute') {
    paper.line(paint.dim('To pass on to the other signers:'));
    paper.line(line);
  }
}

function executableText({ state }: Extract<Decided['outcome'], { kind: 'voted' }>): string | undefined {
  if (state.kind !== 'approved' || state.cancellations > 0) return undefined;
  return `from ${momentText(state.executableAt)}`;
}

function decidedToJson({
  transactionIndex: index,
  verification,
  sip,
  outcome,
  line,
  receipt,
}: Decided): Record<string, unknown> {
  const { part, parts, verdict } = verification;
  const landed = 'landed' in outcome ? outcome.landed : undefined;
  return {
    sip: sip?.header.sip ?? verification.sip,
    digest: sip?.digest ?? null,
    transactionIndex: count(index),
    part,
    parts,
    verdict,
    outcome: outcome.kind,
    ...('state' in outcome && { state: stateToJson(outcome.state) }),
    ...(landed && {
      signature: landed.signature,
      slot: count(landed.slot),
      computeUnits: landed.computeUnits === null ? null : count(landed.computeUnits),
    }),
    ...(receipt !== undefined && { receipt }),
    line,
  };
}
