import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { readRealms } from '#governance/proposals/realms.ts';
import type { Address } from '#governance/types.ts';
import {
  describeFinding,
  describeTransaction,
  quoted,
  REALMS_PROGRAM,
  readingToJson,
} from '#governance/verify/realms/index.ts';
import { payment, realmsWorld } from '../../support/realms-world.ts';
import { beginSipData, Random } from '../world.ts';

/** What people and scripts are told of a real proposal. */

it('lists a transaction instruction by instruction, and the SIP that one of them names', async () => {
  const world = await realmsWorld();
  const random = new Random(3);
  const [digest, membersHash] = [random.bytes(32), random.bytes(32)];
  const program = new PublicKey('3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6');
  const begin = new TransactionInstruction({
    programId: program,
    keys: [{ pubkey: world.treasury, isSigner: true, isWritable: true }],
    data: Buffer.from(
      beginSipData({
        ...{ number: 8, digest, part: 1, parts: 1, actions: 1, notAfter: 9n, membersHash, councilTx: 4n },
      }),
    ),
  });
  const pay = payment(world.treasury, 1_000_000, world.governedAccount);
  const { proposal, transactions } = await world.drafted({ transactions: [[begin, pay]] });
  const address = proposal.toBase58() as Address;
  const reading = await readRealms(world.svm, {
    program: REALMS_PROGRAM,
    proposal: address,
    governance: null,
  });
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  expect(describeTransaction(reading.transactions[0]!)).toEqual([
    `Transaction 1 of option 1, not executed, hold-up 5 s, account ${transactions[0]!.toBase58()}`,
    `  Instruction 1 calls ${program.toBase58()} (bytes 0x002c to 0x00d4)`,
    `    names SIP-8, digest ${hex(digest)}`,
    `    account 1  ${world.treasury.toBase58()}  writable signer`,
    `    data  ${hex(begin.data)}`,
    `  Instruction 2 calls ${pay.programId.toBase58()} (bytes 0x00d5 to 0x014c)`,
    `    account 1  ${world.treasury.toBase58()}  writable signer`,
    `    account 2  ${world.governedAccount.toBase58()}  writable`,
    `    data  ${hex(pay.data)}`,
  ]);
  expect(readingToJson(reading)).toMatchObject({
    ...{ governance: world.governance.toBase58(), realm: world.realm.toBase58() },
    ...{ nativeTreasury: world.treasury.toBase58(), name: 'A decision', state: 'draft', findings: [] },
    transactions: [
      { option: 0, index: 0, status: 'none', instructions: [{}, { programId: pay.programId.toBase58() }] },
    ],
  });
});

it('says what is wrong, at which bytes of which account', () => {
  const account = REALMS_PROGRAM;
  const finding = { account, field: 'realm', expected: 'a', actual: 'b' };
  expect(describeFinding({ ...finding, kind: 'unreadable' })).toBe(
    `The realm cannot be read: a was wanted, b was found (${account}).`,
  );
  expect(describeFinding({ ...finding, kind: 'wrong-council', bytes: [1, 33] })).toBe(
    `The realm is b; it has to be a (bytes 0x0001 to 0x0020 of ${account}).`,
  );
});

it('shows a stranger’s text without what would steer the terminal', () => {
  expect(quoted('Zahl\u202e \u001b[2J \u009b "Ä"')).toBe('"Zahl\\u{202e} \\u001b[2J \\u{9b} \\"Ä\\""');
});
