import type { ChainReader, RawAccount, Rpc } from '#governance/chain/ports.ts';
import { type QuorumMember, type QuorumOptions, quorumReader } from '#governance/chain/quorum.ts';
import { isSipError } from '#governance/errors.ts';
import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { endpointsOf, GENESIS, type Honest, honestChain } from './support/endpoints.ts';
import {
  fieldName,
  type Json,
  lieAbout,
  type Path,
  pathsOf,
  replaced,
  at as valueAt,
} from './support/lies.ts';

/**
 * Endpoints that lie about one field of one answer. What a signature rests on comes through the real client and the real
 * quorum: the truth, or nothing and who said otherwise.
 */

type Ask = (reader: ChainReader, honest: Honest) => Promise<unknown>;

/** What signatures rest on, read from several endpoints. */
const AGREED: Readonly<Record<string, Ask>> = {
  getMultipleAccounts: async (reader, { keys }) => factsOf((await reader.getAccounts(keys)).accounts),
  getProgramAccounts: async (reader, { program }) =>
    factsOf([...(await reader.getProgramAccounts(program, {}))].sort(byAddress)),
  'getMultipleAccounts of the clock': async (reader) => (await reader.clock()).unixTimestamp,
};
/** Asked of the endpoint that sends. A lie there is refused or a value of its type: no signature rests on it. */
const ALONE: Readonly<Record<string, (rpc: Rpc, honest: Honest) => Promise<unknown>>> = {
  getGenesisHash: (rpc) => rpc.genesisHash(),
  getMinimumBalanceForRentExemption: (rpc) => rpc.minimumBalanceLamports(100),
  getSignaturesForAddress: (rpc, { program }) => rpc.signaturesFor(program),
  getTransaction: (rpc, { signature }) => rpc.transaction(signature),
  getLatestBlockhash: (rpc) => rpc.latestBlockhash(),
  getBlockHeight: (rpc) => rpc.blockHeight(),
  simulateTransaction: (rpc, { bytes }) => rpc.simulate(bytes),
  sendTransaction: (rpc, { bytes }) => rpc.sendRaw(bytes),
  getSignatureStatuses: (rpc, { signature }) => rpc.signatureOutcome(signature, true),
  getRecentPrioritizationFees: (rpc, { keys }) => rpc.recentPriorityFees(keys),
};

const byAddress = (a: RawAccount, b: RawAccount) => (a.address.toBase58() < b.address.toBase58() ? -1 : 1);

/** Without lamports: anybody can change those, they are no fact of the quorum. */
function factsOf(accounts: readonly (RawAccount | null)[]): string {
  return JSON.stringify(
    accounts.map(
      (account) =>
        account && [
          account.address.toBase58(),
          account.owner.toBase58(),
          account.executable,
          Buffer.from(account.data).toString('hex'),
        ],
    ),
  );
}

type Answered = { readonly value: string } | { readonly code: string } | { readonly bug: string };

async function answered(work: Promise<unknown>): Promise<Answered> {
  try {
    return { value: String(await work) };
  } catch (error) {
    return isSipError(error) ? { code: error.code } : { bug: String(error) };
  }
}

interface Lie {
  readonly method: string;
  readonly field: string;
  readonly told: Json;
}

const chains = new Map<number, Promise<Honest>>();
const CHAINS = 4;
function someChain(random: Random): Promise<Honest> {
  const number = random.below(CHAINS);
  const known = chains.get(number) ?? honestChain(number);
  chains.set(number, known);
  return known;
}

/** The wire name of what is asked under `name`. */
const wireName = (name: string) => name.split(' ')[0]!;

function lie(name: string, honest: Honest, random: Random): Lie {
  const truth = honest.answers[name]!;
  const fields = [...new Set(pathsOf(truth).map(fieldName))];
  const field = random.pick(fields);
  const path: Path = random.pick(pathsOf(truth).filter((each) => fieldName(each) === field));
  return { method: name, field, told: replaced(truth, path, lieAbout(valueAt(truth, path), random)) };
}

const LIARS = ['one liar', 'two liars', 'two liars of one mind'] as const;
type Quorum = (readers: readonly [QuorumMember, ...QuorumMember[]], options: QuorumOptions) => ChainReader;

/** Timers are no part of this: waiting between two readings is over at once. */
const timer = { now: () => 0, sleep: async () => undefined };

async function tryAgreed(random: Random, how: (typeof LIARS)[number], quorum: Quorum) {
  const honest = await someChain(random);
  const name = random.pick(Object.keys(AGREED));
  const first = lie(name, honest, random);
  const second = how === 'two liars of one mind' ? first : lie(name, honest, random);
  const lies = how === 'one liar' ? [first] : [first, second];
  const seats = [0, 1, 2].sort(() => random.below(3) - 1);
  const tellers = [0, 1, 2].map((seat) => lies[seats.indexOf(seat)]);
  const ask = AGREED[name]!;
  const endpoints = tellers.map((one) =>
    endpointsOf(honest, one && { method: wireName(name), told: one.told }),
  );
  const truth = await answered(ask(endpointsOf(honest), honest));
  const [a, b, c] = endpoints;
  const strict = quorum([a!, b!, c!], { agree: 2, timer, refuseDissent: true });
  const got = await answered(ask(strict, honest));
  return { name: `${how}: ${name}, ${first.field}`, problem: problemOf(got, truth) };
}

const AGREED_CODES = new Set(['QUORUM_MISSED', 'ENDPOINT_DISSENTS']);

function problemOf(got: Answered, truth: Answered): string | undefined {
  if ('bug' in got) return `no error of its own: ${got.bug}`;
  if ('code' in got) return AGREED_CODES.has(got.code) ? undefined : `told as ${got.code}`;
  if (!('value' in truth)) return 'the truth could not be read';
  return near(got.value, truth.value) ? undefined : 'the lie was believed';
}

/** Times of endpoints that agree are within the quorum's tolerance of one another; everything else is the same. */
function near(got: string, truth: string): boolean {
  if (got === truth) return true;
  return (
    /^\d+$/.test(got) &&
    /^\d+$/.test(truth) &&
    BigInt(got) - BigInt(truth) <= 60n &&
    BigInt(truth) - BigInt(got) <= 60n
  );
}

async function tryAlone(random: Random) {
  const honest = await someChain(random);
  const name = random.pick(Object.keys(ALONE));
  const one = lie(name, honest, random);
  const got = await answered(ALONE[name]!(endpointsOf(honest, { method: name, told: one.told }), honest));
  const other = 'value' in got && name === 'getGenesisHash' && got.value !== GENESIS;
  const problem =
    'bug' in got ? `no error of its own: ${got.bug}` : other ? 'another cluster is believed' : undefined;
  return { name: `alone: ${name}, ${one.field}`, problem };
}

async function run(seed: number, from: number, count: number, honestCount: number, quorum: Quorum) {
  const tally = new Tally();
  for (let at = from; at < from + count; at += 1) {
    const random = new Random(seedOf(seed, at));
    const how = LIARS[at % 4];
    const { name, problem } =
      how === undefined ? await tryAlone(random) : await tryAgreed(random, how, quorum);
    tally.try(name, problem && `${problem} (try ${at} of seed ${seed})`);
  }
  for (let at = from; at < from + honestCount; at += 1)
    tally.accept(await honestProblem(new Random(seedOf(seed + 3, at))));
  return tally.outcome;
}

/** Endpoints that agree, one of them down in every third case, give what each of them says. */
async function honestProblem(random: Random): Promise<string | undefined> {
  const honest = await someChain(random);
  const name = random.pick(Object.keys(AGREED));
  const down = random.below(3) === 0 ? { method: wireName(name), told: 'down' as const } : undefined;
  const readers = [endpointsOf(honest, down), endpointsOf(honest), endpointsOf(honest)] as const;
  const ask = AGREED[name]!;
  const got = await answered(ask(quorumReader(readers, { agree: 2, timer, refuseDissent: true }), honest));
  const truth = await answered(ask(endpointsOf(honest), honest));
  return 'value' in got && 'value' in truth && got.value === truth.value
    ? undefined
    : `${name}: ${'code' in got ? got.code : 'another value'}`;
}

const PLANTED: Readonly<Record<string, Quorum>> = {
  'believes the first': ([first]) => first,
  'one is enough': (readers, options) =>
    quorumReader(readers, { ...options, agree: 1, refuseDissent: false }),
  'two outvote the third': (readers, options) => quorumReader(readers, { ...options, refuseDissent: false }),
};

async function classNames(): Promise<readonly string[]> {
  const honest = await honestChain(0);
  const fields = (name: string) => [...new Set(pathsOf(honest.answers[name]!).map(fieldName))];
  return [
    ...LIARS.flatMap((how) =>
      Object.keys(AGREED).flatMap((name) => fields(name).map((field) => `${how}: ${name}, ${field}`)),
    ),
    ...Object.keys(ALONE).flatMap((name) => fields(name).map((field) => `alone: ${name}, ${field}`)),
  ];
}

export const rpc: Attack = {
  name: 'attack:rpc',
  what: 'Lies about one field of one answer: with one liar of three or two of them nothing false is believed, and nothing is signed while they differ.',
  unit: 'lies',
  full: 100_000,
  slice: 500,
  honestIn: (count) => Math.ceil(count / 50),
  classes: await classNames(),
  classesFrom: 20_000,
  run: ({ seed, from, count, honest }) => run(seed, from, count, honest, quorumReader),
  async missedDefects(seed) {
    const missed: string[] = [];
    for (const [name, quorum] of Object.entries(PLANTED))
      if ((await run(seed, 0, 200, 0, quorum)).broken.length === 0) missed.push(name);
    return missed;
  },
};
