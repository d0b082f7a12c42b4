import { describe, expect, it } from 'vitest';
import type { Comparer } from '#governance/verify/closest-part.ts';
import { compareParts } from '#governance/verify/compare.ts';
import { verifyTransaction } from '#governance/verify/index.ts';
import { verifyWith } from '#governance/verify/verdict.ts';
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

  const blindTo =
    (hidden: (d: ReturnType<Comparer>[number]) => boolean): Comparer =>
    (wanted, present) =>
      compareParts(wanted, present).filter((difference) => !hidden(difference));
  const DEFECTS: Readonly<Record<string, Comparer>> = {
    'ignores who signs and what is writable': blindTo(
      (d) => d.kind === 'different-account' && d.instruction === undefined,
    ),
    'ignores data': blindTo((d) => d.kind === 'different-argument'),
    'ignores further instructions': blindTo(
      (d) => d.kind === 'extra-instruction' || d.instruction === undefined,
    ),
    'ignores the order': blindTo((d) => d.kind === 'reordered'),
    'looks at the first instruction only': blindTo((d) => (d.instruction ?? 0) > 0),
  };
  it.each(Object.entries(DEFECTS))('finds a planted comparer that %s', (_, compare) => {
    const { accepted } = attack((input) => verifyWith(compare, input), { seed: SEED, count: 500, bases: 6 });
    expect(accepted.length).toBeGreaterThan(0);
  });
});
