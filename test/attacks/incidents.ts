import { verifyTransaction } from '#governance/verify/index.ts';
import { reviewMessage } from '#governance/verify/signing/index.ts';
import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { type Judges, REAL } from './incidents/judges.ts';
import { honestProblem, SCENARIOS } from './incidents/scenarios.ts';

/** What was done to others, done to a council of this console: each is stopped before a signature, for its own reason. */

const NAMES = Object.keys(SCENARIOS);

function run(seed: number, from: number, count: number, honest: number, judges: Judges) {
  const tally = new Tally();
  for (let at = from; at < from + count; at += 1) {
    const name = NAMES[at % NAMES.length]!;
    const { stopped, expected } = SCENARIOS[name]!(new Random(seedOf(seed, at)), judges);
    const right = stopped !== undefined && expected.includes(stopped);
    tally.try(name, right ? undefined : `stopped by ${stopped ?? 'nothing'} (try ${at} of seed ${seed})`);
  }
  for (let at = from; at < from + honest; at += 1)
    tally.accept(honestProblem(new Random(seedOf(seed + 11, at)), judges));
  return tally.outcome;
}

/** Judges of the kind that was in place where it happened. */
const PLANTED: Readonly<Record<string, Partial<Judges>>> = {
  'a verdict that trusts the summary': {
    verify: (input) => ({ ...verifyTransaction(input), verdict: 'match' }),
  },
  'a signer that signs any bytes': {
    review: (bytes, facts) => {
      const read = reviewMessage(bytes, facts);
      return read.ok ? read : ({ ok: true, review: {} } as never);
    },
  },
  'a posture that asks nobody': { posture: () => [] },
};

export const incidents: Attack = {
  name: 'attack:incidents',
  what: 'What robbed others, replayed against a council of this console: each is stopped before a signature, for its own reason.',
  unit: 'replays',
  full: 10_000,
  slice: 250,
  honestIn: (count) => Math.ceil(count / 20),
  classes: NAMES,
  classesFrom: NAMES.length,
  run: ({ seed, from, count, honest }) => run(seed, from, count, honest, REAL),
  missedDefects: (seed) =>
    Object.entries(PLANTED).flatMap(([name, planted]) =>
      run(seed, 0, 2 * NAMES.length, 0, { ...REAL, ...planted }).broken.length === 0 ? [name] : [],
    ),
};
