import { Keypair, PublicKey } from '@solana/web3.js';
import { beforeAll, expect, it } from 'vitest';
import type { Address } from '#governance/types.ts';
import type { AccountBytes } from '#governance/verify/index.ts';
import {
  governanceOf,
  REALMS_PROGRAM,
  type RealmsInput,
  readRealmsProposal,
  realmOf,
  transactionPlaces,
} from '#governance/verify/realms/index.ts';
import { payment, type RealmsWorld, realmsWorld } from '../../support/realms-world.ts';

/** Of each finding: the account at fault, what was wanted there and what is there. */

const other = Keypair.generate().publicKey.toBase58() as Address;
let world: RealmsWorld;
let honest: RealmsInput;
type Accounts = RealmsInput['accounts'];

beforeAll(async () => {
  world = await realmsWorld();
  const { proposal } = await world.drafted({
    transactions: [[payment(world.treasury), payment(world.treasury)], [payment(world.treasury)]],
  });
  const own = await world.account(proposal);
  const places = transactionPlaces(REALMS_PROGRAM, own);
  honest = {
    program: REALMS_PROGRAM,
    proposal: proposal.toBase58() as Address,
    governance: null,
    accounts: {
      proposal: own,
      governance: await world.account(world.governance),
      realm: await world.account(world.realm),
      transactions: await Promise.all(places.map(({ address }) => world.account(address))),
    },
  };
});

function edited(account: AccountBytes | null | undefined, at: number, ...values: readonly number[]) {
  const data = Uint8Array.from(account!.data);
  data.set(values, at);
  return { ...account!, data };
}
const findings = (changed: Partial<Accounts>) =>
  readRealmsProposal({ ...honest, accounts: { ...honest.accounts, ...changed } }).findings;

it('is said of a transaction', () => {
  const [first = null, second = null] = honest.accounts.transactions;
  const account = transactionPlaces(REALMS_PROGRAM, honest.accounts.proposal)[0]!.address;
  const with1st = (changed: AccountBytes | null) => findings({ transactions: [changed, second] });
  expect(findings({ transactions: [first, null] })).toMatchObject([
    { account: honest.proposal, field: 'transactions of option 1', expected: '2', actual: '1' },
  ]);
  expect(with1st(edited(first, 33, 3))).toMatchObject([{ account, expected: '0, 0', actual: '3, 0' }]);
  expect(with1st(edited(first, 34, 3))).toMatchObject([{ account, expected: '0, 0', actual: '0, 3' }]);
  expect(with1st(edited(first, 1, ...new PublicKey(other).toBytes()))).toMatchObject([
    { account, expected: honest.proposal, actual: other },
  ]);
  const { instructions } = readRealmsProposal(honest).transactions[0]!;
  const { key, bytes } = instructions[1]!.accounts[1]!;
  expect(with1st(edited(first, bytes[0] + 32, 1))).toMatchObject([
    {
      ...{ kind: 'ephemeral-signer-present', account, field: 'signer of instruction 2', bytes },
      expected: `${world.governance} or ${world.treasury}`,
      actual: new PublicKey(key).toBase58(),
    },
  ]);
});

it('is said of the accounts above it', () => {
  const { proposal, governance, realm } = honest.accounts;
  const mint = edited(proposal, 33, ...new PublicKey(other).toBytes());
  expect(findings({ realm: { ...realm!, address: other } })).toMatchObject([
    { account: world.realm.toBase58(), expected: world.realm.toBase58(), actual: other },
  ]);
  expect(findings({ governance: edited(governance, 0, 3) })).toMatchObject([
    {
      expected: expect.stringMatching(/^a GovernanceV2 or .* of SPL Governance$/),
      actual: 'byte 0 of 236 of a GovernanceV1 account',
    },
  ]);
  expect(findings({ governance: edited(governance, 0, 99) })).toMatchObject([
    { actual: 'byte 0 of 236 of a unknown account' },
  ]);
  expect(findings({ realm: { ...realm!, data: Uint8Array.from([...realm!.data, 7]) } })).toMatchObject([
    {
      expected: `${realm!.data.length} bytes`,
      actual: `${realm!.data.length + 1} bytes, ending in 07`,
    },
  ]);
  expect(findings({ proposal: mint })).toMatchObject([
    { account: honest.proposal, expected: `${world.communityMint} or ${world.councilMint}`, actual: other },
  ]);
});

it('is one mint alone where a realm has no other', () => {
  const { proposal, realm } = honest.accounts;
  const [from, to] = readRealmsProposal(honest).realm!.spans.councilMint;
  const bytes = realm!.data;
  const data = Uint8Array.from([...bytes.slice(0, from), 0, ...bytes.slice(to), ...new Uint8Array(32)]);
  const mint = edited(proposal, 33, ...world.councilMint.toBytes());
  expect(findings({ proposal: mint, realm: { ...realm!, data } })).toMatchObject([
    { field: 'governing token mint', expected: `${world.communityMint}`, actual: `${world.councilMint}` },
  ]);
});

it('is nothing where all is as the program wrote it', () => {
  expect(findings({})).toEqual([]);
});

it('says where to read next, of accounts of the program alone', () => {
  const { proposal, governance } = honest.accounts;
  const foreign = (account: AccountBytes | null) => ({ ...account!, owner: other });
  expect(governanceOf(REALMS_PROGRAM, proposal)).toBe(world.governance.toBase58());
  expect(realmOf(REALMS_PROGRAM, governance)).toBe(world.realm.toBase58());
  expect(transactionPlaces(REALMS_PROGRAM, proposal)).toHaveLength(2);
  expect(governanceOf(REALMS_PROGRAM, foreign(proposal))).toBeUndefined();
  expect(realmOf(REALMS_PROGRAM, foreign(governance))).toBeUndefined();
  expect(transactionPlaces(REALMS_PROGRAM, foreign(proposal))).toEqual([]);
});
