import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './bytes.ts';
import {
  decodeStoredMessage,
  decodeWireMessage,
  encodeStoredMessage,
  encodeWireMessage,
  isSigner,
  isWritable,
  storedMessageAt,
  type VaultMessage,
} from './wire.ts';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** Any message that Squads would store. */
const message: fc.Arbitrary<VaultMessage> = fc
  .record({
    accountKeys: fc.array(key, { minLength: 1, maxLength: 20 }),
    lookups: fc.array(fc.record({ accountKey: key, writableIndexes: bytes(5), readonlyIndexes: bytes(5) }), {
      maxLength: 2,
    }),
    shape: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
    instructions: fc.array(
      fc.record({ programIdIndex: fc.nat(255), accountIndexes: bytes(10), data: bytes(300) }),
      { maxLength: 6 },
    ),
  })
  .map(({ accountKeys, lookups, shape, instructions }) => {
    const total = lookups.reduce(
      (n, l) => n + l.writableIndexes.length + l.readonlyIndexes.length,
      accountKeys.length,
    );
    const numSigners = shape[0] % (accountKeys.length + 1);
    return {
      numSigners,
      numWritableSigners: shape[1] % (numSigners + 1),
      numWritableNonSigners: shape[2] % (accountKeys.length - numSigners + 1),
      accountKeys,
      lookups,
      instructions: instructions.map((ix) => ({
        programIdIndex: ix.programIdIndex % total,
        accountIndexes: ix.accountIndexes.map((index) => index % total),
        data: ix.data,
      })),
    };
  });

describe('the two forms of a message', () => {
  it('read back what they wrote', () => {
    fc.assert(
      fc.property(message, (m) => {
        expect(decodeWireMessage(encodeWireMessage(m)!)).toMatchObject({ ok: true, value: m });
        expect(decodeStoredMessage(encodeStoredMessage(m))).toMatchObject({ ok: true, value: m });
      }),
    );
  });

  it('come from each other without loss', () => {
    fc.assert(
      fc.property(message, (m) => {
        const wire = encodeWireMessage(m)!;
        const stored = decodeStoredMessage(encodeStoredMessage(m));
        expect(stored.ok && encodeWireMessage(stored.value)).toEqual(wire);
      }),
    );
  });

  it('have one encoding each: bytes that decode are the bytes that encode', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.nat(255), (m, place, value) => {
        const wire = encodeWireMessage(m)!;
        wire[place % wire.length] = value;
        const read = decodeWireMessage(wire);
        if (read.ok) expect(encodeWireMessage(read.value)).toEqual(wire);
        const stored = encodeStoredMessage(m);
        stored[place % stored.length] = value;
        const again = decodeStoredMessage(stored);
        if (again.ok) expect(encodeStoredMessage(again.value)).toEqual(stored);
      }),
      { numRuns: 500 },
    );
  });

  it('survive any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        for (const result of [decodeWireMessage(noise), decodeStoredMessage(noise)]) {
          expect(result.ok || result.at <= noise.length).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('have no wire form for a vector longer than its prefix can say', () => {
    const data = new Uint8Array(65_536);
    const instructions = [{ programIdIndex: 0, accountIndexes: new Uint8Array(), data }];
    const header = { numSigners: 1, numWritableSigners: 1, numWritableNonSigners: 0 };
    const long: VaultMessage = { ...header, accountKeys: [new Uint8Array(32)], instructions, lookups: [] };
    expect(encodeWireMessage(long)).toBeNull();
    expect(decodeStoredMessage(encodeStoredMessage(long)).ok).toBe(true);
  });

  it('give keys their roles by position', () => {
    const keys = Array.from({ length: 5 }, (_, i) => new Uint8Array(32).fill(i));
    const header = { numSigners: 2, numWritableSigners: 1, numWritableNonSigners: 2 };
    const m: VaultMessage = { ...header, accountKeys: keys, instructions: [], lookups: [] };
    const roles = keys.map((_, i) => `${isSigner(m, i) ? 's' : '-'}${isWritable(m, i) ? 'w' : '-'}`);
    expect(roles).toEqual(['sw', 's-', '-w', '-w', '--']);
    expect(isWritable({ ...m, numWritableNonSigners: 9 }, 5)).toBe(false);
  });

  it('have no wire form for a list longer than its prefix can say', () => {
    const of = (count: number): VaultMessage => ({
      ...{ numSigners: 0, numWritableSigners: 0, numWritableNonSigners: 0, instructions: [], lookups: [] },
      accountKeys: Array.from({ length: count }, () => new Uint8Array(32)),
    });
    expect(encodeWireMessage(of(255))).toHaveLength(3 + 1 + 255 * 32 + 2);
    expect(encodeWireMessage(of(256))).toBeNull();
  });
});

/** Two keys; the lists behind them begin at byte 68 of the wire form, at 71 of the stored one. */
const KEYS = [...new Uint8Array(32).fill(1), ...new Uint8Array(32).fill(2)];
const wire = (head: readonly number[], ...rest: readonly number[]) =>
  Uint8Array.from([...head, 2, ...KEYS, ...rest]);
const stored = (...rest: readonly number[]) => Uint8Array.from([1, 1, 0, 2, 0, 0, 0, ...KEYS, ...rest]);
const HEAD = [1, 1, 0];

describe('what Squads never stores', () => {
  it.each<[string, Uint8Array]>([
    ['every key signs and is written', wire([2, 2, 0], 0, 0)],
    ['every other key is written', wire([1, 1, 1], 0, 0)],
    ['instructions as short as they can be', wire(HEAD, 3, ...new Uint8Array(12), 0)],
    ['a table as short as it can be', wire(HEAD, 0, 1, ...new Uint8Array(34))],
    ['the last key of all', wire(HEAD, 1, 1, 1, 1, 0, 0, 0)],
    ['the last key of a table', wire(HEAD, 1, 3, 1, 3, 0, 0, 1, ...new Uint8Array(32), 1, 0, 1, 0)],
  ])('is none of this: %s', (_, data) => {
    expect(decodeWireMessage(data)).toMatchObject({ ok: true, used: data.length });
  });

  it.each<[string, ReturnType<typeof decodeWireMessage>, number, string]>([
    ['more signers than keys', decodeWireMessage(wire([3, 1, 0], 0, 0)), 0, 'no more signers than keys'],
    [
      'more writable signers than signers',
      decodeWireMessage(wire([1, 2, 0], 0, 0)),
      1,
      'no more writable signers than signers',
    ],
    [
      'more writable others than others',
      decodeWireMessage(wire([1, 1, 2], 0, 0)),
      2,
      'no more writable non-signers than non-signers',
    ],
    ['a program outside', decodeWireMessage(wire(HEAD, 1, 2, 0, 0, 0, 0)), 69, 'a program index below 2'],
    [
      'a first account outside',
      decodeWireMessage(wire(HEAD, 1, 0, 1, 2, 0, 0, 0)),
      71,
      'an account index below 2',
    ],
    [
      'a program behind the last key of a table',
      decodeWireMessage(wire(HEAD, 1, 4, 0, 0, 0, 1, ...new Uint8Array(32), 1, 0, 1, 0)),
      69,
      'a program index below 4',
    ],
    ['a second one', decodeWireMessage(wire(HEAD, 1, 0, 2, 0, 2, 0, 0, 0)), 72, 'an account index below 2'],
    [
      'fewer bytes than instructions, on the wire',
      decodeWireMessage(wire(HEAD, 3, ...new Uint8Array(11))),
      69,
      '3 entries of at least 4 bytes',
    ],
    [
      'fewer bytes than tables, on the wire',
      decodeWireMessage(wire(HEAD, 0, 1, ...new Uint8Array(33))),
      70,
      '1 entries of at least 34 bytes',
    ],
    [
      'fewer bytes than instructions',
      decodeStoredMessage(stored(1, 0, 0, 0, ...new Uint8Array(8))),
      75,
      '1 entries of at least 9 bytes',
    ],
    [
      'fewer bytes than tables',
      decodeStoredMessage(stored(0, 0, 0, 0, 1, 0, 0, 0, ...new Uint8Array(39))),
      79,
      '1 entries of at least 40 bytes',
    ],
  ])('is refused at its byte: %s', (_, answer, at, wanted) => {
    expect(answer).toEqual({ ok: false, at, wanted });
  });
});

it('says where each thing of a message stands', () => {
  const table = [...new Uint8Array(32).fill(3), 1, 0, 0, 0, 7, 2, 0, 0, 0, 8, 9];
  const two = [1, 2, 0, 0, 0, 0, 1, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const data = stored(2, 0, 0, 0, ...two, 1, 0, 0, 0, ...table);
  const within = read(Uint8Array.from([9, 9, ...data]), (cursor) => {
    cursor.take(2);
    return storedMessageAt(cursor).spans;
  });
  expect(within).toEqual({
    ok: true,
    used: data.length + 2,
    value: {
      whole: [2, data.length + 2],
      header: [2, 5],
      keys: [
        [9, 41],
        [41, 73],
      ],
      instructions: [
        { whole: [77, 89], program: [77, 78], accounts: [82, 84], data: [88, 89] },
        { whole: [89, 98], program: [89, 90], accounts: [94, 94], data: [98, 98] },
      ],
      lookups: [98, data.length + 2],
    },
  });
});
