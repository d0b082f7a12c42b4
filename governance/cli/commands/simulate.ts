import { SipError } from '#governance/errors.ts';
import type { Trial } from '#governance/proposals/trial.ts';
import { defineCommand } from '../command.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { columnsOf } from '../render/screen.ts';
import { wrapped } from '../render/words.ts';
import { transactionIndex } from '../values.ts';

export const command = defineCommand({
  name: 'simulate',
  summary: 'Ask the endpoint what executing or proposing a SIP would do now',
  details:
    'Of an approved transaction whose time lock has passed it simulates the exact execution. Before that an endpoint can only simulate the proposing: the vault does not sign until Squads executes. It is the endpoint’s opinion; simulation on this computer, from accounts read by quorum, is a later issue. No key is used. --verbose prints the program logs.',
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
    const council = await readCouncil(rpc, pins.council);
    const execution = async (at: bigint) =>
      tryExecution(rpc, pins, council, at, await context.sips.library());
    const trials: Trial[] = [];
    if (index !== undefined) trials.push(await execution(index));
    else if (file !== undefined) {
      const { sip } = await context.sips.find(file);
      const { standingOf } = await import('#governance/proposals/parts.ts');
      const { live } = await standingOf(rpc, pins, sip);
      const indexes = [...live].sort(([a], [b]) => a - b).map(([, one]) => one.transactionIndex);
      for (const one of indexes) trials.push(await execution(one));
      if (indexes.length === 0) trials.push(await tryProposing(rpc, pins, council, sip));
    }
    return {
      json: {
        trials: trials.map(({ computeUnits, failure, ...trial }) => ({
          ...trial,
          computeUnits: computeUnits === null ? null : count(computeUnits),
          error: failure && { code: failure.code, name: failure.name, reason: failure.reason },
        })),
      },
      text: (paper) => {
        for (const trial of trials) print(paper, trial, context.globals.verbose === true, columnsOf(context));
      },
      exit: exitOf(trials),
    };
  },
});

/** A wrong verdict outweighs a failure, a failure what cannot be said yet. */
function exitOf(trials: readonly Trial[]): 0 | 1 | 3 | 4 {
  if (trials.some(({ verdict }) => verdict !== null && verdict !== 'match')) return 3;
  if (trials.some(({ ok }) => ok === false)) return 1;
  return trials.some(({ ok }) => ok === null) ? 4 : 0;
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
