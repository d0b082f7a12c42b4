import { describe, expect, it } from 'vitest';
import { verifyTransaction } from '#governance/verify/index.ts';
import { verifyWith } from '#governance/verify/verdict.ts';
import { DEFECTS } from './defects.ts';
import { attack, MUTATIONS, makeBase } from './mutations.ts';

const SEED = Number(process.env.SIP_SEED ?? 20261);
const COUNT = 2000;

describe(`mutated proposals, seed ${SEED}`, () => {
  it('accepts none, and names each for what was done to it', () => {
    const { applied, accepted, misnamed } = attack(verifyTransaction, { seed: SEED, count: COUNT });
    expect(accepted).toEqual([]);
    expect(misnamed).toEqual([]);
    expect([...applied.keys()].sort()).toEqual(MUTATIONS.map(({ name }) => name).sort());
  });

  it('accepts every honest proposal', () => {
    for (let seed = SEED; seed < SEED + 100; seed++) {
      expect({ seed, ...verifyTransaction(makeBase(seed).input) }).toMatchObject({
        verdict: 'match',
        differences: [],
      });
    }
  });

  it.each(Object.entries(DEFECTS))('finds a planted comparer that %s', (_, compare) => {
    const { accepted } = attack((input) => verifyWith(compare, input), { seed: SEED, count: 500, bases: 6 });
    expect(accepted.length).toBeGreaterThan(0);
  });
});
