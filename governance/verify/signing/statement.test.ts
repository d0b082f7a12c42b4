import { createHash } from 'node:crypto';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeRequestStatement, type Wish } from '#governance/change-requests/request.ts';
import { isChangeText } from '#governance/change-requests/text.ts';
import { offchainMessage, offchainText } from '#governance/handoff/offchain-message.ts';
import { handoffStatement } from '#governance/handoff/sipz.ts';
import { type Review, receiptStatement } from '#governance/receipts/receipt.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Address, Digest, UnixSeconds } from '#governance/types.ts';
import { VERDICTS } from '../index.ts';
import { isShownAsMeant } from './change-text.ts';
import { reviewMessage } from './index.ts';

const DIGEST = 'cf19e492f38772a070d70d522a9247c0868ec64dcd15d78a7d785e4028fc031d' as Digest;
const key = (n: number) => Keypair.fromSeed(new Uint8Array(32).fill(n)).publicKey.toBase58() as Address;
const facts = { pins: pinsOf(key(1), key(2)), feePayer: key(3), transactionIndex: null };
const read = (bytes: Uint8Array) => reviewMessage(bytes, facts);
const statement = offchainMessage(handoffStatement(8, DIGEST));

it.each([8, 12, 345, 9999])('shows what an author signs when SIP-%i is handed in', (number) => {
  const bytes = offchainMessage(handoffStatement(number, DIGEST));
  const hash = createHash('sha256').update(bytes).digest();
  expect(read(bytes)).toEqual({
    ok: true,
    review: {
      kind: 'hand-in',
      title: `Hand in SIP-${number}`,
      lines: [
        { label: 'Statement', value: `Solayer SIP-${number}, and its digest` },
        { label: 'Digest of the text', value: DIGEST },
        { label: 'On chain', value: 'nothing: no transaction can be made of it' },
      ],
      transactionIndex: null,
      announcement: null,
      inner: [],
      messageHash: { hex: hash.toString('hex'), base58: bs58.encode(hash) },
    },
  });
});

it.each([
  ['another sentence', 'I owe you 5 SOL', 'ARGUMENT_UNEXPECTED'],
  ['a number with a zero in front', `Solayer SIP-08 ${DIGEST}`, 'ARGUMENT_UNEXPECTED'],
  ['a digest in capitals', `Solayer SIP-8 ${DIGEST.toUpperCase()}`, 'ARGUMENT_UNEXPECTED'],
  ['a number of five digits', `Solayer SIP-12345 ${DIGEST}`, 'ARGUMENT_UNEXPECTED'],
  ['something in front of it', `Yes: Solayer SIP-8 ${DIGEST}`, 'ARGUMENT_UNEXPECTED'],
  ['something behind it', `Solayer SIP-8 ${DIGEST} and more`, 'ARGUMENT_UNEXPECTED'],
  ['a long one', 'x'.repeat(1000), 'ARGUMENT_UNEXPECTED'],
])('signs nothing for %s', (_, text, code) => {
  expect(read(offchainMessage(text))).toMatchObject({ ok: false, code, at: 20 });
});

it('bytes that are no UTF-8 are no statement, whatever their header says', () => {
  const bytes = Uint8Array.from([...statement.subarray(0, 17), 1, 1, 0, 0xff]);
  expect(read(bytes)).toMatchObject({ ok: false, code: 'MESSAGE_UNREADABLE', at: 20 });
});

it('a changed bit is refused, or shown as the other number or digest that it makes', () => {
  fc.assert(
    fc.property(fc.nat(statement.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const changed = statement.slice();
      changed[at] = changed[at]! ^ (1 << bit);
      const reviewed = read(changed);
      if (!reviewed.ok) return true;
      const digest = reviewed.review.lines[1]?.value;
      const number = reviewed.review.title.replace('Hand in SIP-', '');
      return (
        Buffer.compare(offchainMessage(handoffStatement(Number(number), digest as Digest)), changed) === 0
      );
    }),
  );
});

const place = {
  ...{ schemaVersion: 1 as const, tool: '0.1.0', genesisHash: key(4) },
  ...{
    programId: facts.pins.programId,
    council: facts.pins.council,
    chainTime: 1_800_000_000n as UnixSeconds,
  },
  ...{ sip: 8, digest: DIGEST },
};
const found: Review = {
  ...place,
  ...{ transactionIndex: 41, verdict: 'match', messageHash: 'ab'.repeat(32), member: key(3) },
};
const wish: Wish = { ...place, text: 'Halve the cap.\n\nName the audits – ünï.', reviewer: key(3) };
const receipt = (change: Partial<Review> = {}) => offchainMessage(receiptStatement({ ...found, ...change }));
const request = (change: Partial<Wish> = {}) =>
  offchainText(changeRequestStatement({ ...wish, ...change } as Wish));
const codeOf = (bytes: Uint8Array, about = facts) => {
  const reviewed = reviewMessage(bytes, about);
  return reviewed.ok ? reviewed.review.kind : reviewed.code;
};
const shown = (bytes: Uint8Array) => {
  const reviewed = read(bytes);
  if (!reviewed.ok) throw new Error(reviewed.sentence);
  return Object.fromEntries(reviewed.review.lines.map(({ label, value }) => [label, value]));
};

it('shows what a member signs as a receipt', () => {
  expect(read(receipt())).toMatchObject({
    ok: true,
    review: {
      kind: 'review-receipt',
      title: 'Give a review receipt for SIP-8, transaction 41',
      transactionIndex: 41n,
      announcement: null,
    },
  });
  expect(shown(receipt({ verdict: 'stale', messageHash: null }))).toMatchObject({
    ...{ 'Verdict found': 'stale', 'Digest of the text': DIGEST },
    ...{ 'Message on chain': 'could not be read', Council: found.council },
    ...{ 'Chain time': '2027-01-15T08:00:00Z', 'Genesis hash': key(4) },
  });
  for (const verdict of VERDICTS) expect(codeOf(receipt({ verdict }))).toBe('review-receipt');
});

it('shows every line of a receipt and of a request, whose keys and hashes are shown as keys', () => {
  const where = [
    { label: 'Council', value: found.council, address: true },
    { label: 'Program', value: found.programId, address: true },
    { label: 'Genesis hash', value: key(4), address: true },
    { label: 'Chain time', value: '2027-01-15T08:00:00Z' },
    { label: 'Console', value: 'version 0.1.0' },
  ];
  const linesOf = (bytes: Uint8Array) => {
    const reviewed = read(bytes);
    return reviewed.ok && reviewed.review.lines;
  };
  expect(linesOf(receipt())).toEqual([
    { label: 'Verdict found', value: 'match' },
    { label: 'Digest of the text', value: DIGEST },
    { label: 'Message on chain', value: 'ab'.repeat(32), address: true },
    ...where,
    {
      label: 'On chain',
      value: 'nothing: a receipt approves nothing, and no transaction can be made of it',
    },
  ]);
  expect(linesOf(request())).toEqual([
    { label: 'What should change', value: wish.text },
    { label: 'Digest of the text', value: DIGEST },
    ...where,
    { label: 'On chain', value: 'nothing: it is no vote, and no transaction can be made of it' },
  ]);
});

it('names transactions up to the last number that is exact', () => {
  expect(codeOf(receipt({ transactionIndex: 2 ** 53 - 1 }))).toBe('review-receipt');
  expect(codeOf(receipt({ transactionIndex: 2 ** 53 }))).toBe('ARGUMENT_UNEXPECTED');
});

it('shows what a reviewer wants changed, in whatever format it takes', () => {
  expect(read(request())).toMatchObject({
    ok: true,
    review: { kind: 'request-changes', title: 'Request changes to SIP-8', transactionIndex: null },
  });
  for (const text of ['Halve it.', wish.text, 'ü'.repeat(4_000), 'x'.repeat(4_000)])
    expect(shown(request({ text }))).toMatchObject({ 'What should change': text, Program: found.programId });
  // A text that speaks of fields stays a text.
  const sly = `x; digest ${'0'.repeat(64)}; changes: y`;
  expect(shown(request({ text: sly }))).toMatchObject({
    'What should change': sly,
    'Digest of the text': DIGEST,
  });
});

it.each<[string, Uint8Array]>([
  ['a receipt for another council', receipt({ council: key(9) })],
  ['a receipt of another program', receipt({ programId: key(9) })],
  ['a verdict that is none', receipt({ verdict: 'fine' as 'match' })],
  ['a receipt of a later version', receipt({ schemaVersion: 2 as 1 })],
  ['a genesis hash in another form', receipt({ genesisHash: `1${key(4)}`.slice(0, 44) as Address })],
  ['a number beyond four digits', receipt({ sip: 10_000 })],
  ['a time beyond the calendar', receipt({ chainTime: 253_402_300_800n as UnixSeconds })],
  ['a request for another council', request({ council: key(9) })],
  ['a request of another program', request({ programId: key(9) })],
  ['a request that asks for nothing', request({ text: '' })],
  ['a request with a bidi override', request({ text: 'Raise \u202eevah the cap' })],
  ['a request with a zero width space', request({ text: 'Halve\u200b the cap' })],
  ['a request with a control', request({ text: 'Halve\u001b the cap' })],
  ['a request with blanks behind it', request({ text: 'Halve the cap ' })],
  ['a request that pushes words out of sight', request({ text: `Halve it.${'\n'.repeat(9)}Or not.` })],
  ['a request that is not NFC', request({ text: 'u\u0308' })],
  ['a request longer than a reason', request({ text: 'x'.repeat(4_001) })],
])('signs nothing for %s', (_, bytes) => {
  expect(codeOf(bytes)).toBe('ARGUMENT_UNEXPECTED');
});

it('a receipt is about the transaction that was asked for, where one was', () => {
  expect(codeOf(receipt(), { ...facts, transactionIndex: 41n } as never)).toBe('review-receipt');
  expect(codeOf(receipt(), { ...facts, transactionIndex: 42n } as never)).toBe('ARGUMENT_UNEXPECTED');
});

it('a changed bit of any of them is refused, or shown as what it says now', () => {
  for (const bytes of [receipt(), request(), request({ text: 'x'.repeat(900) })])
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = bytes.slice();
        changed[at] = changed[at]! ^ (1 << bit);
        const reviewed = read(changed);
        if (!reviewed.ok) return true;
        const before = read(bytes);
        return JSON.stringify(before, asText) !== JSON.stringify(reviewed, asText);
      }),
    );
});
const asText = (name: string, value: unknown) =>
  name === 'messageHash' ? null : typeof value === 'bigint' ? `${value}` : value;

it('a text in another format than the one it has is refused', () => {
  for (const [bytes, format] of [
    [receipt(), 1],
    [request(), 2],
    [request({ text: 'x'.repeat(4_000) }), 1],
  ] as const) {
    const other = bytes.slice();
    other[17] = format;
    expect(codeOf(other)).toBe('MESSAGE_UNREADABLE');
  }
});

it('what a request may say is judged alike by who writes and by who signs', () => {
  const units = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\t',
    '\r',
    '\u202e',
    '\u200b',
    '\u00a0',
    'u\u0308',
    'ü',
    '🐋',
    '\ud83d',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.array(units, { maxLength: 8 }).map((all) => all.join('')),
      ),
      (text) => {
        fc.pre(text !== '');
        expect(isShownAsMeant(text)).toBe(isChangeText(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

it('a statement cut short or longer is none', () => {
  for (let length = 1; length < statement.length; length += 1)
    expect(read(statement.slice(0, length)).ok, String(length)).toBe(false);
  expect(read(Uint8Array.from([...statement, 0]))).toMatchObject({
    ok: false,
    code: 'MESSAGE_UNREADABLE',
    at: 18,
  });
  for (let at = 1; at < 18; at += 1)
    expect(read(statement.with(at, 0x7f)), String(at)).toMatchObject({ code: 'MESSAGE_UNREADABLE', at });
});
