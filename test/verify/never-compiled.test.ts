import { PublicKey } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { type VerifyInput, verifyTransaction } from '#governance/verify/index.ts';
import {
  honestInput,
  makeWorld,
  multisigBytes,
  multisigFields,
  type TransactionFields,
  transactionBytes,
  transactionFields,
  withAccount,
} from './world.ts';

/** What no text compiles to: each told with what is there and what would have to be. */

const world = makeWorld(77);
const honest = honestInput(world);
const table = new PublicKey(new Uint8Array(32).fill(5));

function withFields(change: (fields: TransactionFields) => void): VerifyInput {
  const fields = transactionFields(world);
  change(fields);
  return withAccount(honest, 'transaction', { data: transactionBytes(fields) });
}
const told = (input: VerifyInput, kind: string) =>
  verifyTransaction(input).differences.filter((difference) => difference.kind === kind);
const looking = (fields: TransactionFields, accounts: number) => {
  fields.message.addressTableLookups = [
    {
      accountKey: table,
      writableIndexes: new Uint8Array(accounts),
      readonlyIndexes: new Uint8Array(),
    },
  ];
};

it('lookup tables, whatever the instructions take from them', () => {
  const input = withFields((fields) => {
    const { accountKeys, instructions } = fields.message;
    looking(fields, 2);
    const outside = { programIdIndex: accountKeys.length, data: new Uint8Array() };
    instructions.push({ ...outside, accountIndexes: Uint8Array.of(accountKeys.length + 1) });
  });
  expect(told(input, 'lookup-table-present')).toMatchObject([{ expected: 'none', actual: `${table}` }]);
  expect(told(input, 'extra-instruction')).toMatchObject([
    { actual: 'entry 0 of a lookup table with data ' },
  ]);
});

it('accounts of an announcement from a lookup table', () => {
  const input = withFields((fields) => {
    const { accountKeys, instructions } = fields.message;
    looking(fields, 1);
    const [ix] = instructions;
    instructions[0] = { ...ix!, accountIndexes: ix!.accountIndexes.with(3, accountKeys.length) };
  });
  expect(told(input, 'different-account')).toMatchObject([
    { instruction: 0, account: 3, expected: honest.pins.council, actual: 'entry 0 of a lookup table' },
  ]);
});

it('further signers', () => {
  const input = withFields((fields) => {
    fields.ephemeralSignerBumps = Uint8Array.of(1, 2);
  });
  expect(told(input, 'ephemeral-signer-present')).toMatchObject([{ expected: '0', actual: '2' }]);
});

it('a council with a config authority', () => {
  const data = multisigBytes({ ...multisigFields(world), configAuthority: table });
  expect(told(withAccount(honest, 'multisig', { data }), 'wrong-council')).toMatchObject([
    { field: 'config authority', expected: 'none', actual: `${table}` },
  ]);
});

it('nothing that says which SIP it is of', () => {
  const input = withFields(({ message }) => {
    message.instructions.length = 0;
  });
  const nothing = { ...input, text: { ...input.text!, recompile: () => null } };
  expect(told(nothing, 'digest-unknown')).toMatchObject([
    { expected: honest.text!.digest, actual: 'no digest in the message' },
  ]);
  expect(told({ ...input, text: null }, 'digest-unknown')).toMatchObject([{ expected: 'a digest' }]);
  expect(told(nothing, 'different-argument')).toMatchObject([{ field: 'part', actual: 'part unknown' }]);
});

it('instructions in another order', () => {
  const input = withFields(({ message }) => {
    const [begin, second, third, ...rest] = message.instructions;
    message.instructions = [begin!, third!, second!, ...rest];
  });
  expect(told(input, 'reordered')).toMatchObject([{ instruction: 1, expected: '2', actual: '1' }]);
});
