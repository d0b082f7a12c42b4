import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from './align.ts';

/** Instructions as words: equal 0, same first letter alike, else different. */
function alignWords(expected: string, actual: string) {
  const [e, a] = [expected.split(' ').filter(Boolean), actual.split(' ').filter(Boolean)];
  return align(e.length, a.length, (i, j) => (e[i] === a[j] ? 0 : e[i]![0] === a[j]![0] ? 0.5 : 1.6));
}

describe('align', () => {
  it.each([
    ['b x y', 'b x y', { missing: [], extra: [], moved: [] }],
    ['b x y', 'b x y z', { missing: [], extra: [3], moved: [] }],
    ['b x y', 'z b x y', { missing: [], extra: [0], moved: [] }],
    ['b x y', 'b y', { missing: [1], extra: [], moved: [] }],
    ['b x y', 'b y x', { missing: [], extra: [], moved: [1] }],
    ['b x y', 'x y b', { missing: [], extra: [], moved: [2] }],
    ['b x y', 'b z y', { missing: [], extra: [], moved: [] }],
    ['b x y', 'z b x', { missing: [2], extra: [0], moved: [] }],
    ['b x1 y', 'b y x2', { missing: [], extra: [], moved: [1] }],
    ['b x x', 'b x x x', { missing: [], extra: [3], moved: [] }],
    ['b x y', '', { missing: [0, 1, 2], extra: [], moved: [] }],
  ])('says of %j against %j what a reader would say', (expected, actual, answer) => {
    expect(alignWords(expected, actual)).toMatchObject(answer);
  });

  it('accounts for every instruction of both sides once', () => {
    const words = fc.array(fc.constantFrom('a1', 'a2', 'b1', 'b2', 'c1'), { maxLength: 8 });
    fc.assert(
      fc.property(words, words, (e, a) => {
        const { pairs, missing, extra } = alignWords(e.join(' '), a.join(' '));
        const sorted = (list: number[]) => list.sort((x, y) => x - y);
        expect(sorted([...pairs.map(([x]) => x), ...missing])).toEqual([...e.keys()]);
        expect(sorted([...pairs.map(([, y]) => y), ...extra])).toEqual([...a.keys()]);
      }),
    );
  });

  it('finds nothing to say exactly when both sides are equal', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 });
    fc.assert(
      fc.property(words, words, (e, a) => {
        const { pairs, missing, extra, moved } = alignWords(e.join(' '), a.join(' '));
        const silent =
          [...missing, ...extra, ...moved].length === 0 && pairs.every(([x, y]) => e[x] === a[y]);
        expect(silent).toBe(e.join() === a.join());
      }),
    );
  });
});
