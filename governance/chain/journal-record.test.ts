import { describe, expect, it } from 'vitest';
import { crc32, type JournalRecord, NO_LINE, parseJournal, renderRecord } from './journal-record.ts';

const HASH = 'ab'.repeat(32);
const INTENT = { kind: 'intent', what: 'approve 1', messageHash: HASH };
const SIGNED = {
  kind: 'signed',
  intent: 0,
  signature: 's',
  bytes: 'AQID',
  blockhash: 'h',
  lastValidBlockHeight: '7',
};
const OUTCOME = { kind: 'outcome', intent: 0, signature: 's', result: 'landed' };
const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: readonly ArrayLike<number>[]) =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));

/** Lines of these records, whatever they hold, each with the hash of the line before. */
function lines(...records: readonly object[]): readonly Uint8Array[] {
  let prev = NO_LINE;
  return records.map((record, seq) => {
    const { line, hash } = renderRecord({ v: 1, seq, prev, at: 5, ...record } as JournalRecord);
    prev = hash;
    return bytes(line, [0x0a]);
  });
}

const framed = (json: Uint8Array): Uint8Array =>
  bytes(utf8(`${json.length}|${crc32(json).toString(16).padStart(8, '0')}|`), json, [0x0a]);

describe('a record', () => {
  it.each<object>([
    INTENT,
    { ...INTENT, sip: 8, digest: HASH, council: 'c', transactionIndex: '18446744073709551615' },
    SIGNED,
    OUTCOME,
    { ...OUTCOME, result: 'failed', slot: '41', err: { InstructionError: [0, 'Custom'] } },
    { ...OUTCOME, result: 'expired' },
    { ...OUTCOME, result: 'unknown' },
    { kind: 'dropped', intent: 0, reason: 'not signed' },
  ])('is read as it was written: %j', (entry) => {
    const [line] = lines(entry);
    const read = parseJournal(line!);
    expect(read).toMatchObject({ wholeBytes: line!.length, damage: null });
    expect(read.records).toEqual([{ v: 1, seq: 0, prev: NO_LINE, at: 5, ...entry }]);
  });

  it('is read whatever its checksum begins with', () => {
    const many = lines(...Array.from({ length: 64 }, (_, n) => ({ ...INTENT, what: `approve ${n}` })));
    expect(many.some((line) => /^\d+\|0/.test(String.fromCharCode(...line)))).toBe(true);
    expect(parseJournal(bytes(...many))).toMatchObject({ records: { length: 64 }, damage: null });
  });

  const UNKNOWN = 'the record is of an unknown kind; was it written by a newer version?';
  const BROKEN = 'the chain of hashes is broken';
  it.each<[string, object, string]>([
    ['of another version', { ...INTENT, v: 2 }, UNKNOWN],
    ['of another kind', { ...INTENT, kind: 'note' }, UNKNOWN],
    ['without what was meant', { ...INTENT, what: undefined }, UNKNOWN],
    ['with a hash that is longer in front', { ...INTENT, messageHash: `g${HASH}` }, UNKNOWN],
    ['with a hash that is longer behind', { ...INTENT, messageHash: `${HASH}g` }, UNKNOWN],
    ['with a hash in capitals', { ...INTENT, digest: HASH.toUpperCase() }, UNKNOWN],
    ['with an index that is longer in front', { ...INTENT, transactionIndex: '-1' }, UNKNOWN],
    ['with an index that is longer behind', { ...INTENT, transactionIndex: '1n' }, UNKNOWN],
    ['with bytes that are no base64', { ...SIGNED, bytes: '*' }, UNKNOWN],
    ['with an outcome that there is not', { ...OUTCOME, result: 'lost' }, UNKNOWN],
    ['dropped without a reason', { kind: 'dropped', intent: 0 }, UNKNOWN],
    ['of another place', { ...INTENT, seq: 2 }, BROKEN],
    ['behind another line', { ...INTENT, prev: HASH }, BROKEN],
  ])('is damage %s', (_, record, reason) => {
    const [first, second] = lines(INTENT, record);
    const read = parseJournal(bytes(first!, second!));
    expect(read).toMatchObject({ records: { length: 1 }, wholeBytes: first!.length });
    expect(read.damage).toEqual({ line: 2, reason });
  });
});

describe('what follows the last whole record', () => {
  const [first, second, third] = lines(INTENT, SIGNED, OUTCOME) as [Uint8Array, Uint8Array, Uint8Array];
  const whole = bytes(first, second);
  const text = String.fromCharCode(...third);
  const json = third.slice(text.indexOf('{'), -1);

  it.each<[string, Uint8Array]>([
    ['nothing', bytes()],
    ['a line without its end', third.slice(0, -1)],
    ['a line whose end is another byte', third.with(-1, 0x20)],
    ['rubbish of several lines', utf8('\n\nabc\n12|00000000|{}\nd')],
    ['a line that says another length', utf8(text.replace(/^\d+/, (length) => `${Number(length) + 1}`))],
    ['a line with another checksum', utf8(text.replace(/\|[0-9a-f]{8}/, '|00000000'))],
    ['a line of no JSON', framed(json.subarray(0, -1))],
    ['a line that is not UTF-8', framed(json.with(text.indexOf('"s"') + 1 - text.indexOf('{'), 0xff))],
  ])('is torn where it is %s', (_, tail) => {
    const read = parseJournal(bytes(whole, tail));
    expect(read).toMatchObject({ records: { length: 2 }, wholeBytes: whole.length, damage: null });
  });

  it.each<[string, Uint8Array]>([
    ['at once', bytes([0x0a])],
    ['on its own line', utf8('x')],
    ['some lines later', utf8('\nabc\n\nd\n')],
  ])('is damage where a whole record comes behind it, %s', (_, rubbish) => {
    expect(parseJournal(bytes(whole, rubbish, third))).toMatchObject({
      records: { length: 2 },
      wholeBytes: whole.length,
      damage: { line: 3, reason: 'its checksum does not fit' },
    });
    expect(parseJournal(bytes(rubbish, first)).damage).toMatchObject({ line: 1 });
  });
});

it('computes CRC-32 as others do', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
});
