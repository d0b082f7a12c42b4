import { describe, expect, it } from 'vitest';
import { describeDifference, describeVerdict } from './describe-difference.ts';
import { type Difference, VERDICTS } from './difference.ts';

describe('describeDifference', () => {
  it.each<[Difference, string]>([
    [
      {
        kind: 'trailing-bytes',
        expected: '400 bytes',
        actual: '402 bytes, ending in 0001',
        bytes: [400, 402],
      },
      'The transaction account goes on after its message: 400 bytes are accounted for, it has 402 bytes, ending in 0001 (bytes 0x0190 to 0x0191).',
    ],
    [
      {
        kind: 'different-argument',
        instruction: 0,
        field: 'part',
        expected: '1',
        actual: '2',
        bytes: [300, 301],
      },
      'Instruction 1 has part 2; the text compiles to 1 (byte 0x012c).',
    ],
    [
      {
        kind: 'different-account',
        instruction: 2,
        account: 3,
        expected: 'Key1',
        actual: 'Key2',
        bytes: [90, 91],
      },
      'Account 4 of instruction 3 is Key2; the text compiles to Key1 (byte 0x005a).',
    ],
    [
      {
        kind: 'different-account',
        account: 4,
        field: 'Key1',
        expected: 'read-only',
        actual: 'writable',
        bytes: [87, 90],
      },
      'Key Key1 is writable in the message; the text makes it read-only (bytes 0x0057 to 0x0059).',
    ],
    [
      { kind: 'different-account', account: 9, actual: 'Key9', bytes: [128, 160] },
      'The message carries a key that the text does not use there: key 10 of the message is Key9 (bytes 0x0080 to 0x009f).',
    ],
    [
      { kind: 'stale', expected: 'an index above 7', actual: 'index 5' },
      'The council has changed since: the transaction has index 5, only an index above 7 can take effect.',
    ],
  ])('says %j in one sentence', (difference, sentence) => {
    expect(describeDifference(difference)).toBe(sentence);
  });

  it('cuts a long value in the middle and says how long it was', () => {
    const long = 'ab'.repeat(500);
    const sentence = describeDifference({
      kind: 'different-argument',
      instruction: 1,
      expected: long,
      actual: 'cd',
    });
    expect(sentence).toContain('(1000 characters)');
    expect(sentence.length).toBeLessThan(300);
  });

  it('has words for every kind and every verdict', () => {
    for (const verdict of VERDICTS) {
      expect(describeVerdict(verdict)).toMatch(/^[A-Z].*\.$/);
      if (verdict === 'match') continue;
      expect(describeDifference({ kind: verdict })).toMatch(/^[A-Z].*\.$/);
    }
  });
});
