import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { TransactionFailure } from '#governance/chain/decode-error.ts';
import type { Rpc } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Pins } from '#governance/types.ts';
import type { Council } from '#governance/venues/squads/state.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { columnsOf } from '../render/screen.ts';
import { wrapped } from '../render/words.ts';
import { transactionIndex } from '../values.ts';

/** What an endpoint says would happen to one transaction, or why it cannot say. */
interface Trial {
  readonly what: string;
  readonly verdict: string | null;
  /** Null where it cannot be simulated now; then `because` says why. */
  readonly ok: boolean | null;
  readonly because: string | null;
  readonly computeUnits: bigint | null;
  readonly failure: TransactionFailure | null;
  readonly logs: readonly string[];
}

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
    const council = await readCouncil(rpc, pins.council);
    const trials: Trial[] = [];
    if (index !== undefined) trials.push(await execution(context, rpc, pins, council, index));
    else if (file !== undefined) {
      const { sip } = await context.sips.find(file);
      const { standingOf } = await import('#governance/proposals/parts.ts');
      const { live } = await standingOf(rpc, pins, sip);
      const indexes = [...live].sort(([a], [b]) => a - b).map(([, one]) => one.transactionIndex);
      for (const one of indexes) trials.push(await execution(context, rpc, pins, council, one));
      if (indexes.length === 0) trials.push(await proposing(rpc, pins, council, sip));
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

async function execution(
  context: Context,
  rpc: Rpc,
  pins: Pins,
  council: Council,
  index: bigint,
): Promise<Trial> {
  const { PublicKey: Key } = await import('@solana/web3.js');
  const { judgeTransaction } = await import('#governance/proposals/judge.ts');
  const { readSipRecord } = await import('#governance/proposals/parts.ts');
  const { readTransaction } = await import('#governance/venues/squads/state.ts');
  const { classify } = await import('#governance/venues/squads/status.ts');
  const { stateText } = await import('../render/status.ts');
  const { vaultTransactionExecute } = await import('#governance/venues/squads/instructions.ts');
  const { verification } = await judgeTransaction(rpc, pins, index, {
    library: await context.sips.library(),
  });
  const { transaction, proposal } = await readTransaction(rpc, pins.council, index);
  const { unixTimestamp } = await rpc.clock();
  const state = classify(council, proposal, index, unixTimestamp);
  const what = `executing transaction ${index}`;
  const { verdict } = verification;
  const no = (because: string): Trial => ({
    what,
    verdict,
    ok: null,
    because,
    computeUnits: null,
    failure: null,
    logs: [],
  });
  if (transaction?.kind !== 'vault') return no('the council has no vault transaction of this index');
  if (transaction.message.addressTableLookups.length > 0)
    return no('it uses lookup tables, which no text compiles to');
  if (state.kind !== 'approved' || !state.squadsAccepts)
    return no(
      `it is ${stateText(state, unixTimestamp)}; Squads runs it only when it is approved and its time lock has passed`,
    );
  const { sip, part } = verification;
  const done = sip === null ? undefined : await readSipRecord(rpc, pins, sip);
  if (part !== null && part > (done?.part ?? 0) + 1)
    return no(`part ${part - 1} of SIP-${sip} has to be executed first`);
  const executor = council.members.find(({ permissions }) => permissions.includes('execute'));
  if (!executor) return no('no member of the council may execute');
  const member = new Key(executor.key);
  const instruction = vaultTransactionExecute({
    council: new Key(pins.council),
    transactionIndex: index,
    member,
    message: transaction.message,
  });
  return { what, verdict, because: null, ...(await ask(rpc, pins, member, [instruction])) };
}

/** The first part only: the others follow from it. */
async function proposing(rpc: Rpc, pins: Pins, council: Council, sip: Sip): Promise<Trial> {
  const { PublicKey: Key } = await import('@solana/web3.js');
  const { compileSip } = await import('#governance/plan/compile.ts');
  const { proposalCreate, vaultTransactionCreate } = await import(
    '#governance/venues/squads/instructions.ts'
  );
  const { bytesOf } = await import('#governance/venues/squads/size.ts');
  const { PACKET_BYTES } = await import('#governance/chain/size.ts');
  const index = council.transactionIndex + 1n;
  const { parts } = compileSip(sip, { pins, members: council.members, transactionIndex: index });
  const proposer = council.members.find(({ permissions }) => permissions.includes('initiate'));
  const first = parts[0];
  if (!proposer || !first)
    throw new SipError('NOT_A_COUNCIL', { address: pins.council, reason: 'no member may initiate' });
  const creator = new Key(proposer.key);
  const target = { council: new Key(pins.council), transactionIndex: index, creator };
  const both = [vaultTransactionCreate({ ...target, message: first.message }), proposalCreate(target)];
  const instructions = bytesOf(creator, both) <= PACKET_BYTES ? both : both.slice(0, 1);
  return {
    what: `proposing SIP-${sip.header.sip}, part 1 of ${parts.length}, as transaction ${index}`,
    verdict: null,
    because:
      'the SIP is not before the council: its effect can be simulated once it is approved and the time lock has passed; until then "sip check" says what would make it fail',
    ...(await ask(rpc, pins, creator, instructions)),
  };
}

/** Unsigned: an endpoint then checks no signatures. */
async function ask(
  rpc: Rpc,
  pins: Pins,
  payer: PublicKey,
  instructions: readonly TransactionInstruction[],
): Promise<Pick<Trial, 'ok' | 'computeUnits' | 'failure' | 'logs'>> {
  const { ComputeBudgetProgram, TransactionMessage, VersionedTransaction } = await import('@solana/web3.js');
  const { decodeFailure } = await import('#governance/chain/decode-error.ts');
  const { restakingErrorNames } = await import('#governance/restaking/errors.ts');
  const { blockhash } = await rpc.latestBlockhash();
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: blockhash,
    instructions: [ComputeBudgetProgram.setComputeUnitLimit({ units: 1_400_000 }), ...instructions],
  }).compileToV0Message();
  const { err, logs, computeUnits } = await rpc.simulate(new VersionedTransaction(message).serialize());
  const accounts = message.staticAccountKeys.map((key) => key.toBase58());
  const hints = {
    feePayer: payer.toBase58(),
    rentPayer: pins.vault,
    accounts,
    programs: message.compiledInstructions.map(({ programIdIndex }) => accounts[programIdIndex] ?? ''),
    names: { [pins.programId]: restakingErrorNames },
  };
  return {
    ok: err === null,
    computeUnits,
    failure: err === null ? null : decodeFailure(err, logs, hints),
    logs,
  };
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
