import { describe, expect, it } from 'vitest';
import type { Address } from '#governance/types.ts';
import { amountText, cut, grouped, short, solText, whoText, wrapped } from './words.ts';

const key = (name: string) => name as Address;

describe('words', () => {
  it('groups digits of the whole part only', () => {
    expect(grouped('1234567.1234567')).toBe('1,234,567.1234567');
    expect(grouped('unlimited')).toBe('unlimited');
    expect(amountText(2n ** 64n - 1n, 9)).toBe('unlimited');
    expect(solText(24_527_040n)).toBe('0.02452704 SOL');
  });

  it('shortens to what was allowed, and breaks at blanks only', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('abcd', 4)).toBe('abcd');
    expect(short('So11111111111111111111111111111111111111112')).toBe('So11…1112');
    expect(wrapped('one two threeandmore', 7)).toEqual(['one two', 'threeandmore']);
  });

  it('names who can take a step', () => {
    const seat = (name: string) => `seat ${name}`;
    expect(whoText([], seat)).toBe('anyone');
    expect(whoText(['3', '0', '1', '5'].map(key), seat)).toBe('seats 0–1, 3, 5');
    expect(whoText([key('2')], seat)).toBe('seat 2');
    expect(whoText(['a', 'b', 'c'].map(key), (name) => name)).toBe('3 members');
  });
});
