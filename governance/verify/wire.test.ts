import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeStoredMessage,
  decodeWireMessage,
  encodeStoredMessage,
  encodeWireMessage,
  isSigner,
  isWritable,
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
  });
});
