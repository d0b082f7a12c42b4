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
    // Of two runs that are as long, the one that the text begins with stays.
    ['x y', 'y x', { missing: [], extra: [], moved: [0] }],
    ['x y z', 'y x z', { missing: [], extra: [], moved: [0] }],
  ])('says of %j against %j what a reader would say', (expected, actual, answer) => {
    expect(alignWords(expected, actual)).toMatchObject(answer);
  });

  /** Words of a letter and a number: alike by the letter, at the very bound where the numbers are 1 and 2. */
  const price = (e: string, a: string) => {
    if (e === a) return 0;
    if (e[0] === a[0]) return Number(e[1]) + Number(a[1]) === 3 ? 0.7 : 0.5;
    return e[0] === 'z' || a[0] === 'z' ? 2.5 : 1.6;
  };
  it.each<[string, string, string, ReturnType<typeof align>]>([
    [
      'a twin elsewhere takes nothing that stands in its place',
      'x1 x1',
      'x2 x1',
      {
        pairs: [
          [0, 0],
          [1, 1],
        ],
        missing: [],
        extra: [],
        moved: [],
      },
    ],
    [
      'what differs is not paired across a moved neighbour, however the pairs were found',
      'x1 x2 x1',
      'x2 y1 x1',
      {
        pairs: [
          [1, 0],
          [2, 2],
        ],
        missing: [0],
        extra: [1],
        moved: [],
      },
    ],
    [
      'what moved is no hindrance to its neighbours',
      'x1 x2 y1',
      'y1 x1 y2',
      {
        pairs: [
          [0, 1],
          [1, 2],
          [2, 0],
        ],
        missing: [],
        extra: [],
        moved: [0],
      },
    ],
    [
      'what is alike at the bound is paired even across',
      'x1 x1',
      'x2 x2 x1',
      {
        pairs: [
          [0, 2],
          [1, 0],
        ],
        missing: [],
        extra: [1],
        moved: [0],
      },
    ],
    [
      'all that moved is told in the order of the chain',
      'x1 x1 x2',
      'x2 x1 x1',
      {
        pairs: [
          [0, 2],
          [1, 1],
          [2, 0],
        ],
        missing: [],
        extra: [],
        moved: [0, 1],
      },
    ],
    ['one alone has not moved', 'x1', 'x1', { pairs: [[0, 0]], missing: [], extra: [], moved: [] }],
  ])('%s', (_, expected, actual, answer) => {
    const [e, a] = [expected.split(' '), actual.split(' ')];
    expect(align(e.length, a.length, (i, j) => price(e[i]!, a[j]!))).toEqual(answer);
  });

  it.each([
    ['the one that is left is the first', 'z1 x1', 'x2', '1-0'],
    ['the one that is left is the last', 'x1 y1', 'x3', '0-0'],
    ['the one put in is the first', 'x1', 'z1 x2', '0-1'],
    ['the one put in is the last', 'x1', 'x3 y1', '0-0'],
    ['two are alike', 'x1 y1', 'x3 y3', '0-0 1-1'],
    ['the second is alike', 'x1 y1', 'z1 y3', '1-1'],
    ['two are left, two put in', 'z1 x1 z2', 'y1 x3 y2', '1-1'],
  ])('pairs at the least cost where %s', (_, expected, actual, answer) => {
    const [e, a] = [expected.split(' '), actual.split(' ')];
    const { pairs } = align(e.length, a.length, (i, j) => price(e[i]!, a[j]!));
    expect(pairs.map((pair) => pair.join('-')).join(' ')).toBe(answer);
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
