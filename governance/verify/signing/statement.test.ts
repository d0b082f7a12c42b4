import { Keypair } from '@solana/web3.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { offchainMessage } from '#governance/handoff/offchain-message.ts';
import { handoffStatement } from '#governance/handoff/sipz.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Address, Digest } from '#governance/types.ts';
import { reviewMessage } from './index.ts';

const DIGEST = 'cf19e492f38772a070d70d522a9247c0868ec64dcd15d78a7d785e4028fc031d' as Digest;
const key = (n: number) => Keypair.fromSeed(new Uint8Array(32).fill(n)).publicKey.toBase58() as Address;
const facts = { pins: pinsOf(key(1), key(2)), feePayer: key(3), transactionIndex: null };
const read = (bytes: Uint8Array) => reviewMessage(bytes, facts);
const statement = offchainMessage(handoffStatement(8, DIGEST));

it('shows what an author signs when a SIP is handed in', () => {
  expect(read(statement)).toMatchObject({
    ok: true,
    review: {
      kind: 'hand-in',
      title: 'Hand in SIP-8',
      lines: [{}, { label: 'Digest of the text', value: DIGEST }, {}],
    },
  });
});

it.each([
  ['another sentence', 'I owe you 5 SOL', 'ARGUMENT_UNEXPECTED'],
  ['a number with a zero in front', `Solayer SIP-08 ${DIGEST}`, 'ARGUMENT_UNEXPECTED'],
  ['a digest in capitals', `Solayer SIP-8 ${DIGEST.toUpperCase()}`, 'ARGUMENT_UNEXPECTED'],
  ['something behind it', `Solayer SIP-8 ${DIGEST} and more`, 'ARGUMENT_UNEXPECTED'],
  ['a long one', 'x'.repeat(1000), 'ARGUMENT_UNEXPECTED'],
])('signs nothing for %s', (_, text, code) => {
  expect(read(offchainMessage(text))).toMatchObject({ ok: false, code });
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

it('a statement cut short or longer is none', () => {
  for (let length = 1; length < statement.length; length += 1)
    expect(read(statement.slice(0, length)).ok, String(length)).toBe(false);
  expect(read(Uint8Array.from([...statement, 0]))).toMatchObject({ ok: false, code: 'MESSAGE_UNREADABLE' });
});
