import { expect, it } from 'vitest';
import { type Difference, Differences } from './difference.ts';

const list = (...differences: readonly Difference[]) => {
  const found = new Differences();
  found.addAll(differences);
  return found.list();
};

it.each<[string, Difference, Difference, number]>([
  [
    'the same kind in the same bytes',
    { kind: 'stale', bytes: [1, 2] },
    { kind: 'stale', bytes: [1, 2], field: 'x' },
    1,
  ],
  ['bytes that begin alike', { kind: 'stale', bytes: [1, 2] }, { kind: 'stale', bytes: [1, 3] }, 2],
  ['bytes that read alike', { kind: 'stale', bytes: [1, 23] }, { kind: 'stale', bytes: [12, 3] }, 2],
  ['another kind', { kind: 'stale', bytes: [1, 2] }, { kind: 'expired', bytes: [1, 2] }, 2],
  ['another field without bytes', { kind: 'expired', field: 'a' }, { kind: 'expired', field: 'b' }, 2],
  ['no field and no bytes', { kind: 'expired' }, { kind: 'expired', actual: 'a' }, 1],
  [
    'one account of one instruction',
    { kind: 'different-account', instruction: 0, account: 1, bytes: [1, 2] },
    { kind: 'different-account', instruction: 0, account: 1, bytes: [5, 6] },
    1,
  ],
  [
    'two accounts of one instruction',
    { kind: 'different-account', instruction: 0, account: 1, bytes: [1, 2] },
    { kind: 'different-account', instruction: 0, account: 2, bytes: [1, 2] },
    2,
  ],
  [
    'one account of two instructions',
    { kind: 'different-account', instruction: 0, account: 1, bytes: [1, 2] },
    { kind: 'different-account', instruction: 1, account: 1, bytes: [1, 2] },
    2,
  ],
  [
    'one key in two places',
    { kind: 'different-account', account: 1, bytes: [1, 2] },
    { kind: 'different-account', account: 1, bytes: [5, 6] },
    2,
  ],
  [
    'one instruction in two places',
    { kind: 'different-argument', instruction: 1, bytes: [1, 2] },
    { kind: 'different-argument', instruction: 1, bytes: [5, 6] },
    2,
  ],
])('two findings of %s are told as what they are', (_, one, other, count) => {
  expect(list(one, other)).toHaveLength(count);
  expect(list(one, other)[0]).toBe(one);
});

it('lists by verdict, then by place, what has none at the end', () => {
  const late: Difference = { kind: 'stale', bytes: [9, 10] };
  const early: Difference = { kind: 'stale', bytes: [0, 1] };
  const nowhere: Difference = { kind: 'stale' };
  const first: Difference = { kind: 'wrong-vault', bytes: [50, 51] };
  const last: Difference = { kind: 'expired', bytes: [2, 3] };
  expect(list(last, nowhere, late, early, first)).toEqual([first, early, late, nowhere, last]);
});

it('knows which kinds there are', () => {
  const found = new Differences();
  expect(found.has('stale')).toBe(false);
  found.add({ kind: 'stale' });
  found.add({ kind: 'expired' });
  expect([found.has('stale'), found.has('wrong-vault')]).toEqual([true, false]);
});
