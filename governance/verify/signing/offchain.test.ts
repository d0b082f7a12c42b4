import { describe, expect, it } from 'vitest';
import { readOffchain } from './offchain.ts';

/** The header of an off-chain message, at the bounds of what it may say. */

const statement = (format: number, body: Uint8Array) =>
  Uint8Array.from([
    ...[0xff, ...Buffer.from('solana offchain'), 0, format],
    ...[body.length & 0xff, body.length >> 8],
    ...body,
  ]);
const of = (text: string) => new Uint8Array(Buffer.from(text));
const FORMAT = 17;
const LENGTH = 18;

describe('the words of a statement', () => {
  it.each<[string, number, string]>([
    ['of one letter', 0, 'a'],
    ['of the first and the last that print', 0, ' ~'],
    ['as long as a packet', 0, 'x'.repeat(1212)],
    ['longer than a packet', 2, 'x'.repeat(1213)],
    ['as long as their length can say', 2, 'x'.repeat(65_515)],
    ['of other letters', 1, 'ü'],
    ['with a byte order mark, which is kept', 1, '\ufeffa'],
  ])('are read: %s', (_, format, text) => {
    expect(readOffchain(statement(format, of(text)))).toBe(text);
  });

  it.each<[string, number, number, string]>([
    ['none', LENGTH, 0, ''],
    ['longer than their length can say', LENGTH, 2, 'x'.repeat(65_516)],
    ['printed ones as others', FORMAT, 1, ' ~'],
    ['a control as printed', FORMAT, 0, '\u001f'],
    ['what is behind them as printed', FORMAT, 0, '\u007f'],
    ['a short text as a long one', FORMAT, 2, 'x'.repeat(1212)],
    ['a long text as a short one', FORMAT, 0, 'x'.repeat(1213)],
  ])('are refused: %s', (_, at, format, text) => {
    expect(() => readOffchain(statement(format, of(text)))).toThrow(
      expect.objectContaining({ code: 'MESSAGE_UNREADABLE', at }),
    );
  });
});
