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

  it.each<[Difference, string]>([
    [{ kind: 'unreadable' }, 'The account cannot be read: nothing was wanted, nothing was found.'],
    [
      { kind: 'unreadable', field: 'index', expected: 'a', actual: 'b' },
      'The index cannot be read: a was wanted, b was found.',
    ],
    [
      { kind: 'trailing-bytes' },
      'The transaction account goes on after its message: nothing are accounted for, it has nothing.',
    ],
    [{ kind: 'digest-unknown' }, 'The message names nothing; wanted is nothing.'],
    [{ kind: 'wrong-council' }, 'The council is nothing; it has to be nothing.'],
    [{ kind: 'wrong-council', field: 'creator' }, 'The creator is nothing; it has to be nothing.'],
    [{ kind: 'wrong-vault' }, 'The transaction acts for nothing; the program obeys nothing.'],
    [
      { kind: 'lookup-table-present', actual: 'a' },
      'The message takes accounts from lookup tables, which can change after approval: a.',
    ],
    [
      { kind: 'ephemeral-signer-present', actual: '2' },
      'The transaction lets 2 further signer(s) sign, which no text of ours asks for.',
    ],
    [
      { kind: 'different-program', instruction: 1, expected: 'a', actual: 'b' },
      'Instruction 2 calls program b; the text compiles to a.',
    ],
    [{ kind: 'different-program' }, 'Instruction 1 calls program nothing; the text compiles to nothing.'],
    [
      { kind: 'extra-instruction', instruction: 2, actual: 'b' },
      'Instruction 3 is not in the text: it calls b.',
    ],
    [
      { kind: 'missing-instruction', instruction: 2, expected: 'a' },
      'Instruction 3 of the text is not in the message: a.',
    ],
    [
      { kind: 'reordered', instruction: 2, expected: '4' },
      'Instruction 3 stands elsewhere in the text: there it is instruction 5.',
    ],
    [{ kind: 'reordered' }, 'Instruction 1 stands elsewhere in the text: there it is instruction 1.'],
    [
      { kind: 'different-account', account: 2, field: 'order of keys', expected: 'a', actual: 'b' },
      'The keys of the message stand in another order, from key 3 of the message on: b instead of a.',
    ],
    [
      { kind: 'different-account', field: 'key 3', expected: 'a' },
      "A key of the text is not in the message's table of keys: a.",
    ],
    [
      { kind: 'different-account', instruction: 0, account: 1, actual: 'b' },
      'The message carries a key that the text does not use there: account 2 of instruction 1 is b.',
    ],
    [
      { kind: 'different-account', instruction: 0, account: 1, expected: 'a' },
      'A key of the text is not in account 2 of instruction 1: a.',
    ],
    [
      { kind: 'different-argument', field: 'part', expected: 'a', actual: 'b' },
      "The message's part is b; the text compiles to a.",
    ],
    [{ kind: 'different-argument', actual: 'b' }, "The message's bytes is b; the text compiles to nothing."],
    [
      { kind: 'different-argument', instruction: 3, expected: 'a' },
      'Instruction 4 has data nothing; the text compiles to a.',
    ],
    [
      { kind: 'already-enacted', expected: 'a', actual: 'b' },
      'The SIP record says that this has taken effect or never can: b; wanted is a.',
    ],
    [
      { kind: 'already-enacted', field: 'authority' },
      'The authority says that this has taken effect or never can: nothing; wanted is nothing.',
    ],
    [
      { kind: 'expired', expected: 'a', actual: 'b' },
      'The time for this has passed (time): wanted is a, found is b.',
    ],
    [
      { kind: 'expired', field: 'not_after' },
      'The time for this has passed (not_after): wanted is nothing, found is nothing.',
    ],
  ])('says %j with what there is', (difference, sentence) => {
    expect(describeDifference(difference)).toBe(sentence);
  });

  it('shows a value of 160 characters whole, of a longer one the two ends', () => {
    const said = (actual: string) => describeDifference({ kind: 'extra-instruction', actual });
    const whole = `${'a'.repeat(80)}${'b'.repeat(80)}`;
    expect(said(whole)).toBe(`Instruction 1 is not in the text: it calls ${whole}.`);
    expect(said(`${'a'.repeat(80)}c${'b'.repeat(80)}`)).toBe(
      `Instruction 1 is not in the text: it calls ${'a'.repeat(80)}…${'b'.repeat(80)} (161 characters).`,
    );
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
