import { bench, describe } from 'vitest';
import { verifyTransaction } from '#governance/verify/index.ts';
import { MUTATIONS, makeBase } from '../verify/mutations.ts';
import { Random } from '../verify/world.ts';

/**
 * Verdicts per second of the verifier's own time: what the text compiles to is remembered, and so are most addresses
 * (a console has one council).
 */
const many = Array.from({ length: 200 }, (_, seed) => makeBase(seed).input);
const one = many[0]!;
const random = new Random(1);
const mutated = Array.from({ length: 200 }, (_, i) => {
  const mutation = MUTATIONS[i % MUTATIONS.length]!;
  return mutation.apply(makeBase(random.below(8)), random) ?? one;
});
for (const input of [...many, ...mutated]) verifyTransaction(input);

let turn = 0;
const next = <T>(items: readonly T[]): T => items[turn++ % items.length]!;

describe('sip verify, per verdict', () => {
  bench('match, one council', () => void verifyTransaction(one));
  bench('match, 200 councils in turn', () => void verifyTransaction(next(many)));
  bench('mutated proposals', () => void verifyTransaction(next(mutated)));
});
