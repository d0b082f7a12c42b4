import { describe, expect, it } from 'vitest';
import { verifyTransaction } from '#governance/verify/index.ts';
import { MUTATIONS, makeBase } from '#test/verify/mutations.ts';
import { Random } from '#test/verify/world.ts';

/** The mutated proposals of `test/verify/mutations.test.ts`, a few of each class in a test of its own: quicker to fail. */

const BASES = 4;
const TURNS = 6;
const bases = new Map<number, ReturnType<typeof makeBase>>();
function base(seed: number) {
  const known = bases.get(seed) ?? makeBase(seed);
  bases.set(seed, known);
  return known;
}

describe.each(MUTATIONS)('a proposal mutated', ({ apply, verdicts }) => {
  it('is called what was done to it', () => {
    for (let turn = 1; turn <= TURNS; turn += 1) {
      const mutated = apply(base(turn % BASES), new Random(turn));
      if (mutated !== null) expect(verdicts).toContain(verifyTransaction(mutated).verdict);
    }
  });
});

describe.each(Array.from({ length: BASES }, (_, seed) => seed))('an honest proposal', (seed) => {
  it('is a match', () => {
    expect(verifyTransaction(base(seed).input)).toMatchObject({ verdict: 'match', differences: [] });
  });
});
