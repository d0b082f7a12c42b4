import { TransactionInstruction as Instruction, MessageV0, SystemProgram } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import type { Address } from '#governance/types.ts';
import {
  addressOf,
  approve,
  bytesOf,
  closeEpoch,
  configExecute,
  create,
  execute,
  payer,
  pins,
  propose,
  restake,
  review,
  seeded,
  thaw,
} from '#test/verify/signed.ts';
import { reviewMessage } from './index.ts';

/** A key's role is where it stands in the table of keys: what is said of it must not hang on anything else. */

/** The same message with two keys of its table exchanged, and all that points to them. */
function exchanged(bytes: Uint8Array, one: number, other: number): Uint8Array {
  const message = MessageV0.deserialize(bytes);
  const { header, recentBlockhash, staticAccountKeys, compiledInstructions } = message;
  const turned = (index: number) => (index === one ? other : index === other ? one : index);
  return new MessageV0({
    ...{ header, recentBlockhash, addressTableLookups: [] },
    staticAccountKeys: staticAccountKeys.map((_, index) => staticAccountKeys[turned(index)]!),
    compiledInstructions: compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
      ...{ programIdIndex: turned(programIdIndex), data },
      accountKeyIndexes: accountKeyIndexes.map(turned),
    })),
  }).serialize();
}

const meaning = (bytes: Uint8Array) => {
  const read = review(bytes);
  if (!read.ok) return read;
  const { messageHash: _, ...rest } = read.review;
  return rest;
};

describe.each<[string, readonly Instruction[]]>([
  ['a vote', [approve]],
  ['a SIP', [create, propose]],
  ['an execution', [execute]],
  ['a change of the council', [configExecute]],
  ['a deposit', [restake()]],
  ['a deposit by invitation', [restake({ gatekeeper: addressOf(seeded(5)) })]],
  ['a thaw', [thaw]],
])('the keys of one role in %s', (_, core) => {
  it('may stand in any order', () => {
    const bytes = bytesOf(...core);
    const { header, staticAccountKeys } = MessageV0.deserialize(bytes);
    const { numRequiredSignatures, numReadonlyUnsignedAccounts } = header;
    const readOnly = staticAccountKeys.length - numReadonlyUnsignedAccounts;
    const honest = meaning(bytes);
    expect(honest).toHaveProperty('kind');
    for (const [from, to] of [
      [numRequiredSignatures, readOnly],
      [readOnly, staticAccountKeys.length],
    ] as const)
      for (let at = from + 1; at < to; at += 1) expect(meaning(exchanged(bytes, from, at))).toEqual(honest);
  });
});

const withKey = (ix: Instruction, place: number, change: Partial<Instruction['keys'][0]>) =>
  new Instruction({
    ...ix,
    keys: ix.keys.map((key, nth) => (nth === place ? { ...key, ...change } : key)),
  });

it.each<[string, Instruction, string, string]>([
  [
    'a signer that may not be written, where one has to be',
    withKey(closeEpoch, 1, { isSigner: true, isWritable: false }),
    'ACCOUNT_UNEXPECTED',
    'Account 2 (epoch) lacks its role.',
  ],
  [
    'the signature of the system program, where no gatekeeper stands',
    withKey(thaw, 3, { pubkey: SystemProgram.programId, isSigner: true }),
    'SIGNER_BESIDES',
    `The message wants the signature of ${SystemProgram.programId} too.`,
  ],
])('refused: %s', (_, ix, code, sentence) => {
  expect(review(bytesOf(ix))).toMatchObject({ ok: false, code, sentence });
});

it('a mistake of the caller is no refusal', () => {
  const facts = {
    pins: { ...pins, council: '0' as Address },
    feePayer: addressOf(payer),
    transactionIndex: 41n,
  };
  expect(() => reviewMessage(bytesOf(approve), facts)).toThrow('Non-base58 character');
});
