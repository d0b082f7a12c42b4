import type { LocalSimulation } from '#desktop/shared/views/index.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { judgeTransaction } from '#governance/proposals/judge.ts';
import { tryExecution } from '#governance/proposals/trial.ts';
import type { Change, Shown } from '#governance/simulate/changes.ts';
import { contradictionOf } from '#governance/simulate/contradiction.ts';
import type { Simulated } from '#governance/simulate/execution.ts';
import type { SipSimulation } from '#governance/simulate/sip.ts';
import { readCouncil, readTransaction } from '#governance/venues/squads/state.ts';
import { brokenText } from '#governance/words/promise.ts';
import type { Handlers } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { valueText } from './proposal-effect.ts';

/** What may keep it from being run. */
const CANNOT = ['PROGRAM_UNREADABLE', 'QUORUM_MISSED', 'ENDPOINT_DISSENTS'] as const;

export const simulation = {
  /** Apart from reading a proposal: it brings a runtime with it and reads whole programs. @throws SipError PROPOSAL_NOT_FOUND */
  async 'proposals.simulate'({ world }, { transactionIndex }) {
    const { rpc, agreed, pins, documents } = world;
    const index = BigInt(transactionIndex);
    const { library } = documents;
    const council = await readCouncil(rpc, pins.council);
    if (index > council.transactionIndex)
      throw new SipError('PROPOSAL_NOT_FOUND', { transactionIndex: index });
    const { verification, sip } = await judgeTransaction(rpc, pins, index, { library });
    const { transaction, proposal } = await readTransaction(rpc, pins.council, index);
    if (verification.executed || proposal?.status.kind === 'executed')
      return unable(
        'It has been executed: what it left stands on chain and is compared on the SIP’s own screen.',
      );
    try {
      const { simulateSip } = await import('#governance/simulate/sip.ts');
      const simulation = await simulateSip(agreed, pins, [index], sip);
      const opinion = await tryExecution(rpc, pins, council, index, library);
      return viewOf(
        simulation,
        contradictionOf(simulation.runs, opinion),
        transaction?.kind === 'config' ? CHANGE_RUNS : sip ? PART_RUNS : TEXTLESS_RUNS,
      );
    } catch (error) {
      if (CANNOT.some((code) => isSipError(error, code))) return unable(failureOf(error).message);
      throw error;
    }
  },
} satisfies Partial<Handlers>;

const unable = (sentence: string): LocalSimulation => ({
  ...{ state: 'unable', sentence, assumed: '', computeUnits: null },
  changes: [],
  logs: [],
});

const CHANGE_RUNS = 'It runs. No text promises anything of it: this is what it leaves.';
const TEXTLESS_RUNS = 'It runs. There is no text at hand that says what it should leave.';
const PART_RUNS =
  'It runs. What the text promises is what all parts leave together: that is compared at the last one, run behind the others.';

function viewOf(
  { runs, broken }: SipSimulation,
  contradiction: string | null,
  textless: string,
): LocalSimulation {
  const failed = runs.find(({ failure }) => failure !== null);
  const last = runs.at(-1);
  const common = {
    assumed: (last?.assumed ?? []).join(', '),
    computeUnits: failed ? null : String(last?.computeUnits ?? 0n),
    changes: runs.flatMap(({ changes }) => changes).map(changeView),
    logs: runs.flatMap(({ logs }) => [...logs]),
  };
  if (contradiction !== null) return { ...common, state: 'differs', sentence: contradiction };
  if (failed)
    return {
      ...common,
      state: 'fails',
      sentence: failedSentence(failed),
    };
  const [first] = broken ?? [];
  if (first)
    return {
      ...common,
      state: 'differs',
      sentence: `It does not leave what the text promises: ${brokenText(first, 'becomes')}.`,
    };
  if (broken === null) return { ...common, state: 'runs', sentence: textless };
  return { ...common, state: 'holds', sentence: 'It runs, and leaves exactly what the text promises.' };
}

/** What Anchor says of an account that an earlier SIP makes. */
const MISSING_ACCOUNT = 'AccountNotInitialized';
/** Anchor's logs name the account that it refused. */
const REFUSED_ACCOUNT = /AnchorError caused by account: (\w+)\./;

function failedSentence({ transactionIndex, failure, logs }: Simulated): string {
  const account = logs.flatMap((line) => REFUSED_ACCOUNT.exec(line)?.[1] ?? [])[0];
  const what = failure?.name ?? failure?.reason ?? 'it gave no reason';
  const why = failure?.explanation ? ` (${failure.explanation.replace(/\.$/, '')})` : '';
  const of = account === undefined ? '' : `, account ${account}`;
  const hint = failure?.name === MISSING_ACCOUNT ? ' Often another SIP has to come first.' : '';
  return `Executed now, transaction ${transactionIndex} would fail: ${what}${of}${why}.${hint}`;
}

const changeView = ({ address, kind, field, before, after }: Change) => ({
  account: kind.charAt(0).toUpperCase() + kind.slice(1),
  address,
  field,
  before: shown(field, before),
  after: shown(field, after),
  source: '',
});

/** Of bytes that nobody here can read only how many they are: the whole is on the Transaction tab and on chain. */
function shown(field: string, value: Shown): string {
  if (field === 'data' && typeof value === 'string') return value.split(' ').slice(0, 2).join(' ');
  return valueText(field, value);
}
