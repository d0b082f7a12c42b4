import { verifyTransaction } from '#governance/verify/index.ts';
import { verifyWith } from '#governance/verify/verdict.ts';
import { DEFECTS } from '../verify/defects.ts';
import { attack, MUTATIONS, makeBase } from '../verify/mutations.ts';
import type { Attack } from './attack.ts';

/** Enough of one mutation's turns that the planted defects of a slice are met. */
const CONTROL = { count: 500, bases: 6 };

export const bytes: Attack = {
  name: 'attack:bytes',
  what: 'Proposals mutated in one way each: none is called a match, and each is called what was done to it.',
  unit: 'mutated proposals',
  full: 1_000_000,
  slice: 5_000,
  honestIn: (count) => Math.ceil(count / 100),
  classes: MUTATIONS.map(({ name }) => name),
  classesFrom: MUTATIONS.length * 4,

  run({ seed, from, count, honest }) {
    const first = seed * 10_000_019 + from;
    const { applied, accepted, misnamed } = attack(verifyTransaction, { seed: first, count });
    const refused: string[] = [];
    for (let at = first; at < first + honest; at += 1) {
      const { verdict } = verifyTransaction(makeBase(at).input);
      if (verdict !== 'match') refused.push(`seed ${at}: ${verdict}`);
    }
    return {
      tried: Object.fromEntries(applied),
      broken: [
        ...accepted.map(({ mutation, seed: at }) => `${mutation}, seed ${at} of ${first}: match`),
        ...misnamed.map(
          ({ mutation, seed: at, verdict }) => `${mutation}, seed ${at} of ${first}: ${verdict}`,
        ),
      ],
      refused,
      honest,
    };
  },

  missedDefects: (seed) =>
    Object.entries(DEFECTS)
      .filter(
        ([, compare]) =>
          attack((input) => verifyWith(compare, input), { seed, ...CONTROL }).accepted.length === 0,
      )
      .map(([name]) => name),
};
