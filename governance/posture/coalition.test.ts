import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../types.ts';
import { type Member, permissionsOf } from '../venues/squads/state.ts';
import { smallestCoalition } from './coalition.ts';

const members = (...masks: readonly number[]): readonly Member[] =>
  masks.map((mask, at) => ({ key: `${at}` as Address, mask, permissions: permissionsOf(mask) }));

/** By trying every set of members. */
function bySets(of: readonly Member[], threshold: number): number | null {
  let least: number | null = null;
  for (let set = 0; set < 1 << of.length; set += 1) {
    const chosen = of.filter((_, at) => set & (1 << at));
    const may = (bit: number) => chosen.filter(({ mask }) => mask & bit).length;
    const able = may(1) > 0 && may(4) > 0 && may(2) >= threshold;
    if (able && (least === null || chosen.length < least)) least = chosen.length;
  }
  return least;
}

describe('the smallest coalition', () => {
  it.each([
    ['voters who may all do everything', members(7, 7, 7, 7, 7), 3, 3],
    ['an initiator and an executor who do not vote', members(1, 4, 2, 2, 2), 2, 4],
    ['one key that may do everything, threshold one', members(7, 2, 2), 1, 1],
    ['nobody who may execute', members(3, 3, 3), 2, null],
    ['fewer voters than the threshold', members(7, 1, 4), 2, null],
  ])('of %s', (_, of, threshold, size) => {
    expect(smallestCoalition(of, threshold)?.length ?? null).toBe(size);
  });

  it('is what trying every set of members finds', () => {
    const masks = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(masks, fc.integer({ min: 1, max: 8 }), (of, threshold) => {
        const all = members(...of);
        const found = smallestCoalition(all, threshold);
        expect(found?.length ?? null).toBe(bySets(all, threshold));
        if (found) expect(bySets(found, threshold)).toBe(found.length);
      }),
      { numRuns: 500 },
    );
  });
});
