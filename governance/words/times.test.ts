import { describe, expect, it } from 'vitest';
import { distanceText, durationText, momentText, whenText } from './times.ts';

describe('times for people', () => {
  it.each([
    [0n, '0 s'],
    [59n, '59 s'],
    [60n, '1 min'],
    [13_200n, '3 h 40 min'],
    [3_601n, '1 h'],
    [90_000n, '1 d 1 h'],
    [31_536_000n + 5n, '1 y'],
    [-120n, '2 min'],
  ])('%s seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

  it('say the moment and how far it is from the chain’s now', () => {
    const now = 1_795_478_400n;
    expect(momentText(now)).toBe('2026-11-24 00:00:00 UTC');
    expect(whenText(now + 600n, now)).toBe('2026-11-24 00:10:00 UTC (in 10 min)');
    expect(distanceText(now - 7_200n, now)).toBe('2 h ago');
    expect(distanceText(now, now)).toBe('now');
  });
});
