import { PublicKey } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { concat, read } from './bytes.ts';
import { compareParts } from './compare.ts';
import { encodeStoredMessage, storedMessageAt, type VaultMessage } from './wire.ts';

/** A message as the text compiles to it, against one that stands behind three bytes of an account. */

const key = (n: number) => new Uint8Array(32).fill(n);
const ix = (program: number, accounts: readonly number[], data: readonly number[]) => ({
  programIdIndex: program,
  accountIndexes: Uint8Array.from(accounts),
  data: Uint8Array.from(data),
});
const base: VaultMessage = {
  ...{ numSigners: 2, numWritableSigners: 1, numWritableNonSigners: 1 },
  accountKeys: [key(1), key(2), key(3), key(4)],
  instructions: [ix(3, [0, 1, 2], [1, 1, 1, 1, 1, 1, 1, 1, 5])],
  lookups: [],
};

/** Of 32 equal bytes, by the SDK. */
function address(n: number): string {
  return new PublicKey(key(n)).toBase58();
}

function compared(present: VaultMessage, wanted = base, bytes = encodeStoredMessage(wanted)) {
  const data = concat([Uint8Array.of(9, 9, 9), encodeStoredMessage(present)]);
  const there = read(data, (cursor) => {
    cursor.take(3);
    return storedMessageAt(cursor);
  });
  if (!there.ok) throw new Error(there.wanted);
  return compareParts({ message: wanted, bytes }, { ...there.value, data });
}

it('has nothing to say of equal bytes', () => {
  expect(compared(base)).toEqual([]);
});

it('takes only equal bytes for equal, whatever they mean', () => {
  const bytes = encodeStoredMessage(base);
  expect(compared(base, base, Uint8Array.from([...bytes, 7]))).toEqual([
    {
      kind: 'different-argument',
      field: 'bytes',
      expected: `${Buffer.from(bytes).toString('hex')}07`,
      actual: Buffer.from(bytes).toString('hex'),
      bytes: [3, 3 + bytes.length],
    },
  ]);
});

/** Data of the one instruction begins at byte 163 of the account. */
const DATA = 3 + 3 + 4 + 4 * 32 + 4 + 1 + 4 + 3 + 4;
const head = [1, 1, 1, 1, 1, 1, 1, 1];
const withData = (...data: readonly number[]): VaultMessage => ({
  ...base,
  instructions: [ix(3, [0, 1, 2], [...head, ...data])],
});

it.each<
  [string, readonly number[], readonly number[], readonly (readonly [string, string, number, number])[]]
>([
  ['one byte', [5], [6], [['05', '06', 8, 9]]],
  ['bytes side by side', [1, 2, 3], [1, 7, 8], [['0203', '0708', 9, 11]]],
  [
    'bytes less than eight apart, as one',
    [1, 0, 0, 0, 0, 0, 0, 0, 2],
    [3, 0, 0, 0, 0, 0, 0, 0, 4],
    [['010000000000000002', '030000000000000004', 8, 17]],
  ],
  [
    'bytes eight apart, each',
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 2],
    [3, 0, 0, 0, 0, 0, 0, 0, 0, 4],
    [
      ['01', '03', 8, 9],
      ['02', '04', 17, 18],
    ],
  ],
  ['bytes that are missing', [5, 6, 7], [5], [['0607', '', 9, 9]]],
  ['bytes that are too many', [5], [5, 6, 7], [['', '0607', 9, 11]]],
])('names %s', (_, wanted, present, runs) => {
  expect(compared(withData(...present), withData(...wanted))).toEqual(
    runs.map(([expected, actual, from, to]) => ({
      kind: 'different-argument',
      instruction: 0,
      expected,
      actual,
      bytes: [DATA + from, DATA + to],
    })),
  );
});

/** Two of the text, two on chain that are its, told apart by what they have in common. */
it.each<[string, VaultMessage['instructions'], VaultMessage['instructions'], readonly string[]]>([
  [
    'an equal one is the one',
    [ix(3, [0], head)],
    [ix(3, [1], head), ix(3, [0], head)],
    ['extra-instruction 0'],
  ],
  [
    'one of the same data is nearer than one of the same kind',
    [ix(3, [0], [...head, 1])],
    [ix(3, [0], [...head, 2]), ix(3, [1], [...head, 1])],
    ['extra-instruction 0', 'different-account 1'],
  ],
  [
    'one of the same kind is nearer than one of another program',
    [ix(3, [0], [...head, 1])],
    [ix(2, [0], [...head, 1]), ix(3, [0], [...head, 2])],
    ['extra-instruction 0', 'different-argument 1'],
  ],
  [
    'one of another program is nearer than one of another kind',
    [ix(3, [0], [1, ...head])],
    [ix(3, [0], [2, ...head]), ix(2, [0], [1, ...head])],
    ['extra-instruction 0', 'different-program 1'],
  ],
  [
    'one of the same program is nearer than one of neither',
    [ix(3, [0], [1, ...head])],
    [ix(2, [0], [3, ...head]), ix(3, [0], [2, ...head])],
    ['extra-instruction 0', 'different-argument 1'],
  ],
  [
    'one of neither stands in its place',
    [ix(3, [0], [1, ...head])],
    [ix(2, [0], [3, ...head])],
    ['different-program 0', 'different-argument 0'],
  ],
])('of those that may answer to an instruction, %s', (_, wanted, present, answer) => {
  const found = compared({ ...base, instructions: present }, { ...base, instructions: wanted });
  expect(found.map(({ kind, instruction }) => `${kind} ${instruction}`)).toEqual(answer);
});

it.each<[string, Partial<VaultMessage>, readonly object[]]>([
  [
    'a signer more',
    { numSigners: 3 },
    [
      { account: 2, field: address(3), expected: 'writable', actual: 'read-only signer', bytes: [3, 6] },
      { account: 3, field: address(4), expected: 'read-only', actual: 'writable', bytes: [3, 6] },
    ],
  ],
  [
    'a writer less',
    { numWritableSigners: 0 },
    [
      {
        account: 0,
        field: address(1),
        expected: 'writable signer',
        actual: 'read-only signer',
        bytes: [3, 6],
      },
    ],
  ],
  [
    'a writer more',
    { numWritableNonSigners: 2 },
    [{ account: 3, field: address(4), expected: 'read-only', actual: 'writable', bytes: [3, 6] }],
  ],
  [
    'a key that nothing uses',
    { accountKeys: [...base.accountKeys, key(5)] },
    [{ account: 4, actual: address(5), bytes: [138, 170] }],
  ],
  [
    'a key twice',
    { accountKeys: [...base.accountKeys, key(4)] },
    [{ account: 4, actual: address(4), bytes: [138, 170] }],
  ],
  [
    'keys in another order, with the instructions that mean the same',
    {
      ...{ accountKeys: [key(1), key(2), key(3), key(5), key(4)], numWritableNonSigners: 1 },
      instructions: [ix(4, [0, 1, 2, 3], [1])],
    },
    [{ account: 3, field: 'order of keys', expected: address(4), actual: address(5), bytes: [106, 170] }],
  ],
])('tells of the table of keys: %s', (title, change, differences) => {
  const five = { accountKeys: [...base.accountKeys, key(5)], instructions: [ix(3, [0, 1, 2, 4], [1])] };
  const wanted = title.startsWith('keys in another order') ? { ...base, ...five } : base;
  expect(compared({ ...base, ...change }, wanted)).toEqual(
    differences.map((difference) => ({ kind: 'different-account', ...difference })),
  );
});
