import { Keypair, SystemProgram } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import { expect, it } from 'vitest';
import {
  beginSipData,
  honestInput,
  makeWorld,
  multisigBytes,
  multisigFields,
  withAccount,
} from '#test/verify/world.ts';
import type { Address } from '../types.ts';
import { Differences } from './difference.ts';
import { exists, findAnnouncement, readAccounts } from './read-accounts.ts';
import type { VaultMessage } from './wire.ts';

const keys = [1, 2, 3].map((n) => Keypair.fromSeed(new Uint8Array(32).fill(n)).publicKey);
const [, ours, foreign] = keys.map((key) => key.toBase58() as Address);
const zeros = new Uint8Array(32);
const begin = (number: number) =>
  beginSipData({
    ...{ number, digest: zeros, part: 1, parts: 1, actions: 0, notAfter: 0n },
    ...{ membersHash: zeros, councilTx: 1n },
  });
const message = (...of: readonly (readonly [program: number, data: Uint8Array])[]): VaultMessage => ({
  ...{ numSigners: 1, numWritableSigners: 1, numWritableNonSigners: 0 },
  accountKeys: keys.map((key) => key.toBytes()),
  instructions: of.map(([programIdIndex, data]) => ({ programIdIndex, accountIndexes: zeros, data })),
  lookups: [],
});

it.each<[string, VaultMessage, Address | undefined, readonly [sip: number, instruction: number] | undefined]>(
  [
    ['nothing is said', message([1, zeros]), ours, undefined],
    ['one says it', message([1, zeros], [1, begin(8)]), ours, [8, 1]],
    ['a foreign one says it first', message([2, begin(7)], [1, begin(8)]), ours, [8, 1]],
    ['a foreign one alone says it', message([1, zeros], [2, begin(7)]), ours, [7, 1]],
    ['two of ours say it', message([1, begin(7)], [1, begin(8)]), ours, [7, 0]],
    ['no program is asked for', message([2, begin(7)], [1, begin(8)]), undefined, [7, 0]],
    ['a program from a lookup table says it first', message([9, begin(7)], [1, begin(8)]), ours, [8, 1]],
    ['a program from a lookup table alone says it', message([9, begin(7)]), undefined, [7, 0]],
  ],
)('finds the instruction that names the SIP where %s', (_, of, program, found) => {
  const located = findAnnouncement(of, program);
  expect(located && [located.announcement.number, located.instruction]).toEqual(found);
});

it('takes lamports that a stranger sent for no account', () => {
  const system = SystemProgram.programId.toBase58() as Address;
  const of = (owner: Address, bytes: number) =>
    exists({ address: ours!, owner, data: new Uint8Array(bytes) });
  expect([exists(null), exists(undefined), of(system, 0)]).toEqual([false, false, false]);
  expect([of(system, 1), of(foreign!, 0), of(foreign!, 1)]).toEqual([true, true, true]);
});

it('knows no proposal before there is one', () => {
  const input = honestInput(makeWorld(77));
  const found = new Differences();
  const read = readAccounts({ ...input, accounts: { ...input.accounts, proposal: null } }, found);
  expect(read).toMatchObject({ proposal: null });
  expect(found.list()).toEqual([]);
});

it('takes no multisig for the council whose create key derives another address, whatever its bump', () => {
  const world = makeWorld(77);
  const [home, bump] = squads.getMultisigPda({ createKey: keys[0]! });
  const data = multisigBytes({ ...multisigFields(world), createKey: keys[0]!, bump });
  const found = new Differences();
  readAccounts(withAccount(honestInput(world), 'multisig', { data }), found);
  expect(found.list()).toEqual([
    {
      kind: 'unreadable',
      field: 'create_key of the multisig',
      expected: world.council.toBase58(),
      actual: home.toBase58(),
    },
  ]);
});
