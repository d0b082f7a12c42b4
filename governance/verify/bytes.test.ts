import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cursor, concat, leBytes, read, readExactly, sameBytes } from './bytes.ts';

describe('Cursor', () => {
  it('reads little-endian numbers back, and accounts for every byte', () => {
    const max = 2n ** 64n - 1n;
    fc.assert(
      fc.property(fc.nat(255), fc.nat(65535), fc.nat(), fc.bigInt({ min: 0n, max }), (a, b, c, d) => {
        const data = concat([leBytes(a, 1), leBytes(b, 2), leBytes(c, 4), leBytes(d, 8)]);
        const result = readExactly(data, (cursor) => [cursor.u8(), cursor.u16(), cursor.u32(), cursor.u64()]);
        expect(result).toEqual({ ok: true, value: [a, b, c, d], used: 15 });
      }),
    );
  });

  it('reads from a view into a larger buffer', () => {
    const whole = Uint8Array.of(9, 9, 1, 0, 9);
    expect(read(whole.subarray(2, 4), (cursor) => cursor.u16())).toMatchObject({ ok: true, value: 1 });
  });

  it('names the place where the bytes end too early', () => {
    const result = read(Uint8Array.of(1, 2, 3), (cursor) => [cursor.u16(), cursor.u32()]);
    expect(result).toEqual({ ok: false, at: 2, wanted: 'four bytes' });
  });

  it('refuses a byte left over where none may be', () => {
    expect(readExactly(Uint8Array.of(1, 2), (cursor) => cursor.u8())).toMatchObject({ ok: false, at: 1 });
  });

  it('accepts one encoding of a boolean and of an option', () => {
    const bool = (byte: number) => read(Uint8Array.of(byte), (cursor) => cursor.bool());
    expect([bool(0), bool(1)]).toMatchObject([{ value: false }, { value: true }]);
    expect(bool(2)).toMatchObject({ ok: false, at: 0 });
    const option = (...bytes: number[]) => read(Uint8Array.from(bytes), (c: Cursor) => c.option(c.u8));
    expect([option(0), option(1, 7)]).toMatchObject([{ value: null }, { value: 7 }]);
    expect(option(255, 7)).toMatchObject({ ok: false, at: 0 });
  });

  it('refuses a count that the bytes cannot hold before it allocates anything', () => {
    const result = read(leBytes(0xffff_ffff, 4), (cursor) => cursor.list(cursor.u32(), 1, cursor.u8));
    expect(result).toMatchObject({ ok: false, at: 4 });
  });

  it('takes nothing but zeros for room, and nothing but UTF-8 for a text', () => {
    const zeros = (...bytes: number[]) => read(Uint8Array.from(bytes), (cursor) => cursor.zeros(2));
    expect([zeros(0, 0, 7), zeros(0, 7), zeros(0)]).toMatchObject([{ used: 2 }, { at: 1 }, { at: 0 }]);
    const text = (...bytes: number[]) =>
      read(Uint8Array.from([bytes.length, 0, 0, 0, ...bytes]), (cursor) => cursor.text(4));
    expect(text(0xef, 0xbb, 0xbf, 0x61)).toMatchObject({ ok: true, value: '\ufeffa' });
    // Overlong, a lone surrogate, cut short, too long.
    for (const bytes of [
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xe2, 0x82],
    ])
      expect(text(...bytes)).toEqual({ ok: false, at: 4, wanted: 'UTF-8' });
    expect(text(1, 1, 1, 1, 1)).toMatchObject({ ok: false, at: 0 });
  });

  it('lets a programming error through', () => {
    expect(() =>
      read(new Uint8Array(), () => {
        throw new TypeError('ours');
      }),
    ).toThrow(TypeError);
  });
});

it('calls bytes the same only where none is left over on either side', () => {
  const same = (a: readonly number[], b: readonly number[]) =>
    sameBytes(Uint8Array.from(a), Uint8Array.from(b));
  expect([same([], []), same([1, 2], [1, 2])]).toEqual([true, true]);
  expect([same([1], [1, 2]), same([1, 2], [1]), same([], [1]), same([1, 2], [1, 3])]).toEqual(
    Array(4).fill(false),
  );
});
