import { Keypair } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import type { Address } from '#governance/types.ts';
import {
  describeFinding,
  describeTransaction,
  governanceOf,
  REALMS_PROGRAM,
  type ReadTransaction,
  type RealmsFinding,
  readingToJson,
  readRealmsProposal,
  realmOf,
  transactionPlaces,
} from '#governance/verify/realms/index.ts';

/** Words and JSON of a reading, whole. */

const [a, b, c] = [1, 2, 3].map((n) => Keypair.fromSeed(new Uint8Array(32).fill(n)).publicKey) as [
  Keypair['publicKey'],
  Keypair['publicKey'],
  Keypair['publicKey'],
];
const account = a.toBase58() as Address;
const nowhere = { proposal: [0, 0], place: [0, 0], holdUp: [0, 0], instructions: [0, 0] } as const;
const transaction: ReadTransaction = {
  address: account,
  proposal: b.toBytes(),
  optionIndex: 1,
  transactionIndex: 2,
  holdUpSeconds: 7,
  executedAt: 9n,
  status: 'success',
  instructions: [
    {
      program: c.toBytes(),
      accounts: [
        { key: a.toBytes(), signer: false, writable: false, bytes: [0, 0] },
        { key: b.toBytes(), signer: true, writable: false, bytes: [0, 0] },
      ],
      data: new Uint8Array(),
      spans: { whole: [5, 6], program: [0, 0], data: [0, 0] },
    },
  ],
  spans: { ...nowhere, status: [0, 0], room: [0, 0] },
};

it('says of an executed transaction what it called', () => {
  expect(describeTransaction(transaction)).toEqual([
    `Transaction 3 of option 2, executed at 9, hold-up 7 s, account ${a}`,
    `  Instruction 1 calls ${c} (byte 0x0005)`,
    `    account 1  ${a}  read-only`,
    `    account 2  ${b}  read-only signer`,
    '    data  none',
  ]);
});

it.each<[RealmsFinding['kind'], string]>([
  ['unreadable', 'The x cannot be read: p was wanted, q was found'],
  ['trailing-bytes', 'The x goes on after what belongs to it: p are accounted for, it has q'],
  ['wrong-council', 'The x is q; it has to be p'],
  ['ephemeral-signer-present', 'The x is q; a vote signs for p and for nobody else'],
])('has a sentence for %s', (kind, sentence) => {
  const finding = { kind, account, field: 'x', expected: 'p', actual: 'q' };
  expect(describeFinding(finding)).toBe(`${sentence} (${a}).`);
  expect(describeFinding({ ...finding, bytes: [16, 17] })).toBe(`${sentence} (byte 0x0010 of ${a}).`);
  expect(describeFinding({ ...finding, bytes: [16, 18] })).toBe(
    `${sentence} (bytes 0x0010 to 0x0011 of ${a}).`,
  );
});

const missing = { proposal: null, governance: null, realm: null, transactions: [] };
const question = { program: REALMS_PROGRAM, proposal: account, governance: null, accounts: missing };

it('is null where nothing could be read', () => {
  const reading = readRealmsProposal(question);
  expect(readingToJson(reading)).toEqual({
    ...{ governance: null, realm: null, realmName: null, nativeTreasury: null, name: null, state: null },
    findings: [{ kind: 'unreadable', account, expected: `an account at ${a}`, actual: 'no account' }],
    transactions: [],
  });
});

it('has each transaction with what it calls', () => {
  const reading = { ...readRealmsProposal(question), treasury: account, transactions: [transaction] };
  expect(readingToJson(reading)).toMatchObject({
    nativeTreasury: account,
    transactions: [
      {
        ...{ address: account, option: 1, index: 2, holdUpSeconds: 7, status: 'success' },
        instructions: [
          {
            programId: c.toBase58(),
            accounts: [
              { publicKey: a.toBase58(), signer: false, writable: false },
              { publicKey: b.toBase58(), signer: true, writable: false },
            ],
            data: new Uint8Array(),
            bytes: [5, 6],
          },
        ],
      },
    ],
  });
});

describe('where the next account stands', () => {
  const foreign = { address: account, owner: account, data: new Uint8Array() };
  it('nothing says that is absent, a stranger’s or unreadable', () => {
    for (const of of [null, foreign, { ...foreign, owner: REALMS_PROGRAM }]) {
      expect(governanceOf(REALMS_PROGRAM, of)).toBeUndefined();
      expect(realmOf(REALMS_PROGRAM, of)).toBeUndefined();
      expect(transactionPlaces(REALMS_PROGRAM, of)).toEqual([]);
    }
  });
});
