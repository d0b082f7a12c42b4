import { beforeAll, describe, expect, it } from 'vitest';
import type { Attack } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { hostModel } from './model/on-host.ts';

/** A small slice of every attack that needs nothing but this process; the full runs are `npm run attack`. */

const SEED = Number(process.env.SIP_SEED ?? 20261);
const COUNT = 400;
/** Their slices stand in `../verify/mutations.test.ts`, `../app/attacks.test.ts` and `crash/files/crash.test.ts`. */
const ELSEWHERE = new Set([
  'attack:bytes',
  'attack:markdown',
  'attack:renderer',
  'crash:disk',
  'crash:kill',
  'crash:power',
]);
const here = Object.keys(ATTACKS).filter((name) => !ELSEWHERE.has(name));

/** Of a matrix a little from everywhere. */
const PLACES = 20;
function placesOf({ fixed, full }: Attack): readonly (readonly [from: number, count: number])[] {
  if (!fixed) return [[0, COUNT]];
  const step = Math.floor(full / PLACES);
  return Array.from({ length: PLACES }, (_, at) => [at * step, COUNT / PLACES] as const);
}

/** The first time it is built, for which half an hour is the most. */
beforeAll(async () => void (await hostModel()), 1_800_000);

describe.each(here)(`%s, seed ${SEED}`, (name) => {
  it('stops every try, accepts what is honest and finds its planted defects', async () => {
    const attack = await ATTACKS[name]!();
    for (const [from, count] of placesOf(attack)) {
      const outcome = await attack.run({ seed: SEED, from, count, honest: attack.honestIn(count) });
      expect(outcome.broken).toEqual([]);
      expect(outcome.refused).toEqual([]);
    }
    expect(await attack.missedDefects(SEED)).toEqual([]);
  }, 300_000);
});

it('every attack is a command of its own', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  const scripts = manifest.scripts as Readonly<Record<string, string>>;
  for (const name of Object.keys(ATTACKS)) expect(scripts[name]).toBe(`node tools/attack.mjs ${name}`);
});
