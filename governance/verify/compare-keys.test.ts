import { PublicKey } from '@solana/web3.js';
import bs58 from 'bs58';
import { expect, it } from 'vitest';
import { read } from './bytes.ts';
import { compareParts } from './compare.ts';
import { encodeStoredMessage, storedMessageAt, type VaultMessage } from './wire.ts';

/** The table of keys, where the instructions have nothing to say of it. */

const key = (n: number) => new Uint8Array(32).fill(n);
const address = (n: number) => new PublicKey(key(n)).toBase58();
const message = (...keys: readonly number[]): VaultMessage => ({
  ...{ numSigners: 1, numWritableSigners: 1, numWritableNonSigners: 0, lookups: [] },
  accountKeys: keys.map(key),
  instructions: [{ programIdIndex: 1, accountIndexes: Uint8Array.of(0), data: Uint8Array.of(7) }],
});

function compared(wanted: VaultMessage, present: VaultMessage) {
  const data = encodeStoredMessage(present);
  const there = read(data, storedMessageAt);
  if (!there.ok) throw new Error(there.wanted);
  return compareParts({ message: wanted, bytes: encodeStoredMessage(wanted) }, { ...there.value, data });
}

it('names a key of the text that no instruction uses and that is not there', () => {
  expect(compared(message(1, 2, 3), message(1, 2))).toEqual([
    { kind: 'different-account', field: 'key 2', expected: address(3) },
  ]);
});

it('names a key that stands in the place of another which nothing uses', () => {
  expect(compared(message(1, 2, 3), message(1, 2, 4))).toEqual([
    { kind: 'different-account', field: 'key 2', expected: address(3) },
    { kind: 'different-account', account: 2, actual: address(4), bytes: [71, 103] },
  ]);
});

it('names a key in the place of a used one once, with the instruction', () => {
  const account = (n: number): VaultMessage => ({
    ...message(1, 2, n),
    instructions: [{ programIdIndex: 1, accountIndexes: Uint8Array.of(0, 2), data: Uint8Array.of(7) }],
  });
  expect(compared(account(3), account(4))).toEqual([
    {
      kind: 'different-account',
      ...{ instruction: 0, account: 1, expected: address(3), actual: address(4), bytes: [71, 103] },
    },
  ]);
  expect(compared(account(3), account(3))).toEqual([]);
});

it('names keys in another order from the first to the last that differs', () => {
  const used = (...order: readonly [number, number, number]): VaultMessage => ({
    ...message(1, ...order, 9),
    instructions: [{ programIdIndex: 4, accountIndexes: Uint8Array.of(0), data: Uint8Array.of(7) }],
  });
  expect(compared(used(2, 3, 4), used(2, 4, 3))).toEqual([
    {
      kind: 'different-account',
      ...{ account: 2, field: 'order of keys', expected: address(3), actual: address(4), bytes: [71, 135] },
    },
  ]);
  expect(compared(used(2, 3, 4), used(4, 2, 3))).toEqual([
    {
      kind: 'different-account',
      ...{ account: 1, field: 'order of keys', expected: address(2), actual: address(4), bytes: [39, 135] },
    },
  ]);
});

it('names a program in the place of another once, with the instruction', () => {
  expect(compared(message(1, 2), message(1, 5))).toEqual([
    {
      kind: 'different-program',
      ...{ instruction: 0, expected: address(2), actual: address(5), bytes: [39, 71] },
    },
  ]);
});

it('names a key whose address reads like the data of an instruction', () => {
  const twos = '2'.repeat(44);
  const of = (byte: number, ...keys: readonly Uint8Array[]): VaultMessage => ({
    ...message(1, 2),
    accountKeys: [key(1), key(2), ...keys],
    instructions: [
      { programIdIndex: 1, accountIndexes: Uint8Array.of(0), data: new Uint8Array(22).fill(byte) },
    ],
  });
  expect(compared(of(0x22, bs58.decode(twos)), of(0x33))).toEqual([
    {
      kind: 'different-argument',
      ...{ instruction: 0, expected: twos, actual: '3'.repeat(44), bytes: [85, 107] },
    },
    { kind: 'different-account', field: 'key 2', expected: twos },
  ]);
});
