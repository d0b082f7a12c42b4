import { verifyTransaction } from '#governance/verify/index.ts';
import { verifyWith } from '#governance/verify/verdict.ts';
import { DEFECTS } from '../verify/defects.ts';
import { attack, MUTATIONS, makeBase } from '../verify/mutations.ts';

/** Mutated proposals: none is called a match, each is called what was done to it, and no honest one is refused. */

export interface Slice {
  readonly seed: number;
  readonly mutated: number;
  readonly honest: number;
}

export interface Outcome {
  readonly byClass: Readonly<Record<string, number>>;
  /** With the seed that makes each again. */
  readonly accepted: readonly string[];
  readonly misnamed: readonly string[];
  readonly refused: readonly string[];
  readonly honest: number;
}

/** Enough of one mutation's turns that the planted defects of a slice are met. */
const CONTROL = { count: 500, bases: 6 };

export function attackBytes({ seed, mutated, honest }: Slice): Outcome {
  const { applied, accepted, misnamed } = attack(verifyTransaction, { seed, count: mutated });
  const refused: string[] = [];
  for (let at = 0; at < honest; at += 1) {
    const { verdict } = verifyTransaction(makeBase(seed + at).input);
    if (verdict !== 'match') refused.push(`honest, seed ${seed + at}: ${verdict}`);
  }
  return {
    byClass: Object.fromEntries(applied),
    accepted: accepted.map(({ mutation, seed: at }) => `${mutation}, seed ${at} of base ${seed}`),
    misnamed: misnamed.map(
      ({ mutation, seed: at, verdict }) => `${mutation}, seed ${at} of base ${seed}: ${verdict}`,
    ),
    refused,
    honest,
  };
}

/** Planted defects that the attack did not find; empty when it works. */
export function missedDefects(seed: number): readonly string[] {
  return Object.entries(DEFECTS)
    .filter(
      ([, compare]) =>
        attack((input) => verifyWith(compare, input), { seed, ...CONTROL }).accepted.length === 0,
    )
    .map(([name]) => name);
}

export const CLASSES: readonly string[] = MUTATIONS.map(({ name }) => name);
