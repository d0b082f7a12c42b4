import { describe, expect, it } from 'vitest';
import { ATTACKS } from '#test/attacks/attacks.ts';

/** A small slice of every attack that needs the window; the full runs are `npm run attack`. */

const SEED = Number(process.env.SIP_SEED ?? 20261);
/** Each opens two windows, one of them for its planted defects. */
const MOST_MS = 180_000;
/** Tries of each: enough that every class has its turn. */
const COUNTS = { 'attack:markdown': 160, 'attack:renderer': 220 } as const;

describe.each(Object.entries(COUNTS))(`%s, seed ${SEED}`, (name, count) => {
  it(
    'stops every try, accepts what is honest and finds its planted defects',
    async () => {
      const attack = await ATTACKS[name]!();
      const outcome = await attack.run({ seed: SEED, from: 0, count, honest: attack.honestIn(count) });
      expect(outcome.broken).toEqual([]);
      expect(outcome.refused).toEqual([]);
      expect(Object.keys(outcome.tried).sort()).toEqual([...attack.classes].sort());
      expect(await attack.missedDefects(SEED)).toEqual([]);
    },
    MOST_MS,
  );
});
