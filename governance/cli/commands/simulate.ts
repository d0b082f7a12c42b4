import { SipError } from '#governance/errors.ts';
import type { Trial } from '#governance/proposals/trial.ts';
import type { SipSimulation } from '#governance/simulate/sip.ts';
import { defineCommand } from '../command.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { explainLocal, localJson } from '../render/local.ts';
import { columnsOf } from '../render/screen.ts';
import { wrapped } from '../render/words.ts';
import { transactionIndex } from '../values.ts';

export const command = defineCommand({
  name: 'simulate',
  summary: 'Run a SIP’s execution on this computer, and ask the endpoint for its opinion',
  details:
    'The execution of what is before the council is run on this computer, from accounts read by the quorum of the profile, as if it were approved and the time lock had passed; every account that changes is shown before and after, and compared with what the text promises. The endpoint’s own simulation stands beside it where it can give one: where the two come to different ends it says so and exits with 1. What is not before the council yet is proposed by simulation at the endpoint only. No key is used. --verbose prints the program logs.',
  args: { file: { name: 'FILE', help: 'SIP file or number', optional: true } },
  options: {
    transactionIndex: {
      flags: '--transaction-index <n>',
      help: 'one transaction of the council instead',
      parse: transactionIndex,
    },
  },
  examples: [
    ['simulate 8', 'execution where it is due, else proposing'],
    ['simulate --transaction-index 12 --verbose', 'with program logs'],
  ],
  async run(context, { file }, { transactionIndex: index }) {
    if ((file === undefined) === (index === undefined))
      throw new SipError('USAGE', { detail: 'give either a SIP or --transaction-index' });
    const pins = await context.pins();
    const rpc = await context.rpc();
    context.stage('simulating');
    const { readCouncil } = await import('#governance/venues/squads/state.ts');
    const { tryExecution, tryProposing } = await import('#governance/proposals/trial.ts');
    const { judgeTransaction } = await import('#governance/proposals/judge.ts');
    const { simulateSip } = await import('#governance/simulate/sip.ts');
    const { contradictionOf } = await import('#governance/simulate/contradiction.ts');
    const { readerForSigning } = await import('../quorum.ts');
    const council = await readCouncil(rpc, pins.council);
    const execution = async (at: bigint) =>
      tryExecution(rpc, pins, council, at, await context.sips.library());
    const trials: Trial[] = [];
    const local: SipSimulation[] = [];
    const library = await context.sips.library();
    const reader = await readerForSigning(context);
    if (index !== undefined) {
      trials.push(await execution(index));
      const { sip } = await judgeTransaction(reader, pins, index, { library });
      local.push(await simulateSip(reader, pins, [index], sip));
    } else if (file !== undefined) {
      const { sip } = await context.sips.find(file);
      const { standingOf } = await import('#governance/proposals/parts.ts');
      const { live } = await standingOf(rpc, pins, sip);
      const indexes = [...live].sort(([a], [b]) => a - b).map(([, one]) => one.transactionIndex);
      for (const one of indexes) trials.push(await execution(one));
      if (indexes.length > 0) local.push(await simulateSip(reader, pins, indexes, sip));
      if (indexes.length === 0) trials.push(await tryProposing(rpc, pins, council, sip));
    }
    const runs = local.flatMap((one) => one.runs);
    const contradictions = trials.flatMap((trial) => contradictionOf(runs, trial) ?? []);
    return {
      json: {
        contradictions,
        local: local.map(localJson),
        trials: trials.map(({ computeUnits, failure, transactionIndex: at, ...trial }) => ({
          ...trial,
          transactionIndex: at === null ? null : count(at),
          computeUnits: computeUnits === null ? null : count(computeUnits),
          error: failure && { code: failure.code, name: failure.name, reason: failure.reason },
        })),
      },
      text: (paper) => {
        for (const one of local) explainLocal(paper, one);
        for (const one of contradictions) paper.line(paper.paint.red(one));
        for (const trial of trials) print(paper, trial, context.globals.verbose === true, columnsOf(context));
      },
      exit: contradictions.length > 0 ? 1 : exitOf(trials, local),
    };
  },
});

/** A wrong verdict outweighs a failure, a failure what cannot be said yet. */
function exitOf(trials: readonly Trial[], local: readonly SipSimulation[]): 0 | 1 | 3 | 4 {
  if (trials.some(({ verdict }) => verdict !== null && verdict !== 'match')) return 3;
  if (trials.some(({ ok }) => ok === false) || local.some(({ holds }) => !holds)) return 1;
  return local.length === 0 && trials.some(({ ok }) => ok === null) ? 4 : 0;
}

function print(
  paper: Paper,
  { what, verdict, ok, because, computeUnits, failure, logs }: Trial,
  verbose: boolean,
  columns: number,
): void {
  const { paint } = paper;
  const said = {
    true: paint.green('succeeds'),
    false: paint.red('fails'),
    null: paint.yellow('cannot be simulated now'),
  };
  paper.line(`${what}: ${said[`${ok}`]}`);
  paper.pairs([
    ['  verdict', verdict ?? undefined],
    ['  error', failure ? `${failure.code}: ${failure.reason}` : undefined],
    ['  compute units', computeUnits === null ? undefined : computeUnits.toLocaleString('en')],
  ]);
  if (because !== null) for (const line of wrapped(because, columns - 2)) paper.line(`  ${line}`);
  if (verbose) for (const line of logs) paper.line(paint.dim(`    ${line}`));
}
