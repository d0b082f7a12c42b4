/** Which instruction on chain answers to which instruction of the text, so that a difference gets its right name. */
export interface Alignment {
  /** [expected, actual] positions, by expected. */
  readonly pairs: readonly (readonly [expected: number, actual: number])[];
  /** Expected positions that nothing answers to. */
  readonly missing: readonly number[];
  /** Actual positions that answer to nothing. */
  readonly extra: readonly number[];
  /** Actual positions of pairs that stand out of order. */
  readonly moved: readonly number[];
}

/** Leaving one out and putting another in costs two gaps: a pair dearer than that is never made. */
const GAP = 1;
/** Up to here two instructions are so alike that one is taken for the other even across a moved neighbour. */
const ALIKE = 0.7;

/**
 * Pairs equal instructions first, wherever they stand, then the rest by least edit cost.
 * @param cost 0 for equal, rising with difference.
 */
export function align(
  expected: number,
  actual: number,
  cost: (expected: number, actual: number) => number,
): Alignment {
  const pairs: [number, number][] = [];
  const freeActual = new Set(Array.from({ length: actual }, (_, a) => a));
  const freeExpected: number[] = [];
  const take = (e: number, a: number) => {
    pairs.push([e, a]);
    freeActual.delete(a);
  };
  // An equal instruction in its own place keeps it; a twin elsewhere must not take it away.
  const inPlace = (e: number) => e < actual && cost(e, e) === 0;
  for (let e = 0; e < expected; e++) if (inPlace(e)) take(e, e);
  for (let e = 0; e < expected; e++) {
    if (inPlace(e)) continue;
    const twin = [...freeActual].find((a) => cost(e, a) === 0);
    if (twin === undefined) freeExpected.push(e);
    else take(e, twin);
  }

  pairs.sort((p, q) => p[0] - q[0]);
  const loose = outOfOrder(pairs);
  const anchors = pairs.filter((_, i) => !loose.has(i));
  const crosses = (e: number, a: number) => anchors.some(([x, y]) => x < e !== y < a);
  const price = (e: number, a: number) => {
    const value = cost(e, a);
    return value > ALIKE && crosses(e, a) ? Number.POSITIVE_INFINITY : value;
  };
  for (const [e, a] of cheapest(freeExpected, [...freeActual], price)) take(e, a);

  pairs.sort((p, q) => p[0] - q[0]);
  const paired = new Set(pairs.map(([e]) => e));
  return {
    pairs,
    missing: freeExpected.filter((e) => !paired.has(e)),
    extra: [...freeActual],
    moved: [...outOfOrder(pairs)].map((i) => pairs[i]![1]).sort((a, b) => a - b),
  };
}

/** Indexes of the pairs outside the longest run that rises on both sides. */
function outOfOrder(pairs: readonly (readonly [number, number])[]): Set<number> {
  const length: number[] = [];
  const previous: number[] = [];
  let last = -1;
  pairs.forEach(([, a], i) => {
    length[i] = 1;
    previous[i] = -1;
    for (let j = 0; j < i; j++) {
      if (pairs[j]![1] < a && length[j]! + 1 > length[i]!) {
        length[i] = length[j]! + 1;
        previous[i] = j;
      }
    }
    if (last < 0 || length[i]! > length[last]!) last = i;
  });
  const rest = new Set(pairs.keys());
  for (let i = last; i >= 0; i = previous[i]!) rest.delete(i);
  return rest;
}

/** The pairs of a least-cost alignment of two sequences. */
function cheapest(
  expected: readonly number[],
  actual: readonly number[],
  price: (e: number, a: number) => number,
): [number, number][] {
  const total: number[][] = Array.from({ length: expected.length + 1 }, () => []);
  for (let i = expected.length; i >= 0; i--) {
    for (let j = actual.length; j >= 0; j--) {
      const leave = i < expected.length ? GAP + total[i + 1]![j]! : Number.POSITIVE_INFINITY;
      const insert = j < actual.length ? GAP + total[i]![j + 1]! : Number.POSITIVE_INFINITY;
      const pair =
        i < expected.length && j < actual.length
          ? price(expected[i]!, actual[j]!) + total[i + 1]![j + 1]!
          : Number.POSITIVE_INFINITY;
      const least = Math.min(leave, insert, pair);
      total[i]![j] = least === Number.POSITIVE_INFINITY ? 0 : least;
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < expected.length && j < actual.length) {
    const here = total[i]![j]!;
    if (here === price(expected[i]!, actual[j]!) + total[i + 1]![j + 1]!) {
      pairs.push([expected[i++]!, actual[j++]!]);
    } else if (here === GAP + total[i]![j + 1]!) j++;
    else i++;
  }
  return pairs;
}
