import * as squads from '@sqds/multisig';
import { expect, it } from 'vitest';
import { handoverInput, otherVault } from '#test/verify/handover.ts';
import {
  configPda,
  honestInput,
  makeWorld,
  membersHash,
  messageOf,
  recordPda,
  type TransactionFields,
  transactionBytes,
  transactionFields,
  withAccount,
} from '#test/verify/world.ts';
import type { Address, MembersHash } from '../types.ts';
import { hex, type VerifyInput, verifyTransaction } from './index.ts';

/** What is found without the comparison with the text: where there is none, or where it sees something else. */

const world = makeWorld(77);
const honest = honestInput(world);
const acceptance = handoverInput(world, otherVault(world));
const config = configPda(world.programId)[0];
const record = recordPda(world.programId, world.sip)[0];

function withFields(change: (fields: TransactionFields) => void, input = honest): VerifyInput {
  const fields = transactionFields(world);
  change(fields);
  return withAccount(input, 'transaction', { data: transactionBytes(fields) });
}
const told = (input: VerifyInput, kind: string) =>
  verifyTransaction(input).differences.filter((difference) => difference.kind === kind);
const placeOf = (part: Uint8Array, { accounts }: VerifyInput) =>
  Buffer.from(accounts.transaction!.data).indexOf(part);

const begins = () => {};
const accepts = (fields: TransactionFields) => {
  const hash = hex(membersHash(world.members)) as MembersHash;
  fields.message = messageOf(acceptance.text!.recompile(hash, world.index, 0)!.message);
};

it.each([
  ['a SIP', honest, begins, [world.vault, config, record, world.council]],
  ['the acceptance of a hand-over', acceptance, accepts, [world.vault, config, world.council]],
] as const)('the accounts of %s follow from the pins, without a text too', (_, input, change, wanted) => {
  expect(told({ ...withFields(change, input), text: null }, 'different-account')).toEqual([]);
  let data = new Uint8Array();
  const without = withFields((fields) => {
    change(fields);
    const [ix] = fields.message.instructions;
    data = Uint8Array.from(ix!.data);
    fields.message.instructions[0] = { ...ix!, accountIndexes: new Uint8Array() };
  }, input);
  // Behind no accounts stands the length of the data.
  const at = placeOf(data, without) - 4;
  expect(told({ ...without, text: null }, 'different-account')).toEqual(
    wanted.map((expected, account) => ({
      kind: 'different-account',
      ...{ instruction: 0, account, expected: expected.toBase58(), actual: 'none' },
      bytes: [at + account, at + account + 1],
    })),
  );
});

it('another digest is one where the announcement has a byte too many', () => {
  const other = new Uint8Array(32).fill(9);
  const input = withFields(({ message }) => {
    const [ix] = message.instructions;
    const data = Uint8Array.from([...ix!.data, 7]);
    data.set(other, 12);
    message.instructions[0] = { ...ix!, data };
  });
  const at = placeOf(other, input);
  expect(verifyTransaction(input).verdict).toBe('digest-unknown');
  expect(told(input, 'digest-unknown')).toEqual([
    {
      kind: 'digest-unknown',
      ...{ instruction: 0, field: 'digest', expected: honest.text!.digest, actual: hex(other) },
      bytes: [at, at + 32],
    },
  ]);
});

it('no digest is one that is missing, after the execution too', () => {
  const nothing = withFields(({ message }) => void message.instructions.splice(0));
  const data = honest.accounts.proposal!.data.with(48, 5);
  for (const [input, executed] of [
    [nothing, false],
    [withAccount(nothing, 'proposal', { data }), true],
  ] as const) {
    expect(verifyTransaction(input)).toMatchObject({ verdict: 'digest-unknown', executed });
    expect(told(input, 'digest-unknown')).toEqual([
      {
        kind: 'digest-unknown',
        ...{ field: 'digest', expected: honest.text!.digest, actual: 'no digest in the message' },
      },
    ]);
  }
});

it('vault 1 is none, even where the pins name it', () => {
  const [vault, vaultBump] = squads.getVaultPda({ multisigPda: world.council, index: 1 });
  const input = withFields((fields) => void Object.assign(fields, { vaultIndex: 1, vaultBump }));
  const pinned = { ...input, pins: { ...input.pins, vault: vault.toBase58() as Address } };
  expect(told(pinned, 'wrong-vault')).toMatchObject([
    { expected: `vault 0, ${vault}`, actual: `vault 1 with bump ${vaultBump}, ${vault}` },
  ]);
});

it('a part that matches is the only one that is compiled', () => {
  const [actions] = world.actions;
  const two = honestInput({ ...world, parts: 2, actions: [actions!, actions!] });
  const compiled: number[] = [];
  const recompile: NonNullable<VerifyInput['text']>['recompile'] = (hash, councilTx, part) => {
    compiled.push(part);
    return two.text!.recompile(hash, councilTx, part);
  };
  expect(verifyTransaction({ ...two, text: { ...two.text!, recompile } }).verdict).toBe('match');
  expect(compiled).toEqual([1]);
});
