import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { draw } from './model/draw.ts';
import { HOST_CLASSES, inEffect, missedOnHost, playOnHost, refused } from './model/on-host.ts';
import { Play } from './model/play.ts';
import { predict } from './model/predict.ts';
import { capKey, type Model } from './model/state.ts';
import { ACTION_KINDS, STEP_KINDS, type Step } from './model/steps.ts';
import { rememberCryptography } from './support/remembered.ts';

/**
 * Random steps of council, admin, users and clock on the real programs, each beside the reference model: the same error
 * or none, and the same state behind it. What must never be is looked for in the chain's own words too. Ten times as many
 * go through the program's code compiled for this computer, beside a model of its own.
 */

/** A world lives for so many steps: time only goes forward, and after some weeks little is left to happen. */
const STEPS_OF_A_WORLD = 60;
/** A step on this computer takes a hundredth of one on the SVM. */
const ON_HOST = 10;

type Predict = typeof predict;
type Each = (name: string, problem: string | undefined) => void;

/** A SIP by its first action. */
const nameOf = (step: Step): string => (step.kind === 'sip' ? `sip: ${step.actions[0]?.kind}` : step.kind);
const shown = (step: Step): string =>
  JSON.stringify(step, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** @returns whether the world came to its end without a difference */
function playWorld(seed: number, steps: number, each: Each, expected: Predict = predict): boolean {
  const random = new Random(seed);
  const play = new Play();
  const model = play.model();
  for (let at = 0; at < steps; at += 1) {
    const step = draw(model, random);
    const sip = play.nextSip;
    const outcome = play.perform(step);
    if (outcome === null) {
      each(step.kind, undefined);
      continue;
    }
    const due = expected(model, step, sip);
    const difference =
      play.broken(outcome) ??
      (outcome.error === due
        ? play.difference(model)
        : `${outcome.error || 'it succeeded'} instead of ${due || 'success'}`);
    each(nameOf(step), difference && `${difference} after step ${at} ${shown(step)}`);
    if (difference !== undefined) return false;
  }
  return true;
}

/** A model that errs in one way: where it is not told apart from the program, the steps come nowhere near it. */
const spoiled =
  (before: (m: Model, step: Step) => () => void): Predict =>
  (m, step, sip) => {
    const restore = before(m, step);
    const error = predict(m, step, sip);
    restore();
    return error;
  };
const nothing = () => undefined;
const DEFECTS: Readonly<Record<string, Predict>> = {
  'an epoch may be activated early': spoiled((m, { kind }) => {
    if (kind !== 'activate') return nothing;
    m.now += 1n;
    return () => {
      m.now -= 1n;
    };
  }),
  'an epoch may be activated by anybody': spoiled((m, step) => {
    if (step.kind !== 'activate') return nothing;
    const { epochAdmin } = m.roles;
    m.roles.epochAdmin = step.by;
    return () => {
      m.roles.epochAdmin = epochAdmin;
    };
  }),
  'a deposit may pass the cap of the epoch': spoiled((m, step) => {
    const cap = step.kind === 'restake' ? m.caps.get(capKey(step.index, step.pool)) : undefined;
    if (!cap) return nothing;
    const kept = cap.cap;
    cap.cap += 1n;
    return () => {
      cap.cap = kept;
    };
  }),
  'a deposit may pass the cap of the pool': spoiled((m, step) => {
    const pool = step.kind === 'restake' ? m.pools[step.pool] : undefined;
    if (!pool) return nothing;
    pool.cap += 1n;
    return () => {
      pool.cap -= 1n;
    };
  }),
  'what was filled falls again': (m, step, sip) => {
    const error = predict(m, step, sip);
    if (step.kind === 'unrestake' && error === '' && m.active !== null) {
      const cap = m.caps.get(capKey(m.active, step.pool));
      if (cap) cap.filled -= step.amount;
    }
    return error;
  },
  'a pause does not stop deposits': spoiled((m, { kind }) => {
    if (kind !== 'restake') return nothing;
    const { pause } = m;
    m.pause = 'off';
    return () => {
      m.pause = pause;
    };
  }),
  'a guardian may pause again at once': spoiled((m, { kind }) => {
    const at = m.guardianPausedAt;
    if (kind !== 'guardian pause' || at === null) return nothing;
    m.guardianPausedAt = at - 8n * 86_400n;
    return () => {
      if (m.guardianPausedAt === at - 8n * 86_400n) m.guardianPausedAt = at;
    };
  }),
  'a council below the floor decides': spoiled((m, { kind }) => {
    if (kind !== 'sip') return nothing;
    const { threshold } = m;
    m.threshold = 3;
    return () => {
      m.threshold = threshold;
    };
  }),
};
const WORLDS_OF_A_DEFECT = 200;

export const model: Attack = {
  name: 'attack:model',
  what: 'Random steps of council, admin, users and clock on the real programs beside a reference model, and ten times as many in the program compiled for this computer: no difference, nothing activated twice or early, no cap passed.',
  unit: 'steps',
  full: 1_000_000,
  slice: 10 * STEPS_OF_A_WORLD,
  honestIn: () => 0,
  classes: [...ACTION_KINDS.map((kind) => `sip: ${kind}`), ...STEP_KINDS, ...HOST_CLASSES],
  classesFrom: 20_000,

  async run({ seed, from, count }) {
    rememberCryptography();
    const tally = new Tally();
    for (let at = from; at < from + count; at += STEPS_OF_A_WORLD) {
      const steps = Math.min(STEPS_OF_A_WORLD, from + count - at);
      const world = seedOf(seed, at);
      playWorld(world, steps, (name, problem) =>
        tally.try(name, problem && `${problem} (steps from ${at} of seed ${seed})`),
      );
    }
    const { steps, broken } = await playOnHost({ seed, from: from * ON_HOST, count: count * ON_HOST });
    for (const [name, [made, done]] of Object.entries(steps)) {
      tally.count(inEffect(name), done);
      tally.count(refused(name), made - done);
    }
    tally.found(broken.map((problem) => `host: ${problem} (seed ${seed})`));
    return tally.outcome;
  },

  async missedDefects(seed) {
    const missed = [...(await missedOnHost(seed))];
    for (const [what, expected] of Object.entries(DEFECTS)) {
      let found = false;
      for (let at = 0; at < WORLDS_OF_A_DEFECT && !found; at += 1)
        found = !playWorld(seedOf(seed, at), STEPS_OF_A_WORLD, nothing, expected);
      if (!found) missed.push(what);
    }
    return missed;
  },
};
