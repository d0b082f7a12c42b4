import { Keypair, PublicKey } from '@solana/web3.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRealms } from '#governance/proposals/realms.ts';
import type { Address } from '#governance/types.ts';
import type { AccountBytes } from '#governance/verify/index.ts';
import {
  REALMS_PROGRAM,
  type RealmsInput,
  readRealmsProposal,
  transactionPlaces,
} from '#governance/verify/realms/index.ts';
import { payment, type RealmsWorld, realmsWorld } from '../../support/realms-world.ts';

/** What is wrong with the accounts of one real proposal, each time in one place. */

const other = Keypair.generate().publicKey.toBase58() as Address;
const base58 = (key: PublicKey) => key.toBase58() as Address;
let world: RealmsWorld;
let honest: RealmsInput;
type Accounts = RealmsInput['accounts'];

beforeAll(async () => {
  world = await realmsWorld();
  const transactions = [[payment(world.treasury)], [payment(world.treasury)]];
  const { proposal } = await world.drafted({ transactions });
  const own = await world.account(proposal);
  const places = transactionPlaces(REALMS_PROGRAM, own);
  honest = {
    program: REALMS_PROGRAM,
    proposal: base58(proposal),
    governance: base58(world.governance),
    accounts: {
      proposal: own,
      governance: await world.account(world.governance),
      realm: await world.account(world.realm),
      transactions: await Promise.all(places.map(({ address }) => world.account(address))),
    },
  };
});

const withAccounts = (changed: Partial<Accounts>): RealmsInput => ({
  ...honest,
  accounts: { ...honest.accounts, ...changed },
});
function edited(account: AccountBytes | null, at: number, ...values: readonly number[]): AccountBytes {
  const data = Uint8Array.from(account!.data);
  data.set(values, at);
  return { ...account!, data };
}
const longer = (account: AccountBytes | null): AccountBytes => ({
  ...account!,
  data: Uint8Array.from([...account!.data, 0]),
});
/** Verdict, field and bytes of each finding. */
const found = (input: RealmsInput) =>
  readRealmsProposal(input).findings.map(({ kind, field, bytes }) => [kind, field, bytes?.join('-') ?? null]);

it('finds nothing in what the program wrote', () => {
  expect(found(honest)).toEqual([]);
  expect(found({ ...honest, governance: null })).toEqual([]);
});

describe('unreadable', () => {
  it('is an account that is not there, is elsewhere, or is a stranger’s', () => {
    const { proposal, governance, realm } = honest.accounts;
    expect(found(withAccounts({ proposal: null }))).toEqual([['unreadable', 'proposal', null]]);
    expect(found(withAccounts({ governance: null }))).toEqual([['unreadable', 'governance', null]]);
    expect(found(withAccounts({ realm: null }))).toEqual([['unreadable', 'realm', null]]);
    expect(found(withAccounts({ realm: { ...realm!, address: other } }))).toHaveLength(1);
    expect(found(withAccounts({ governance: { ...governance!, owner: other } }))).toHaveLength(1);
    expect(found(withAccounts({ proposal: { ...proposal!, owner: other } }))).toHaveLength(1);
  });

  it('is an account of another type or version, from its first byte on', () => {
    const { governance } = honest.accounts;
    const old = found(withAccounts({ governance: edited(governance, 0, 3) }));
    expect(old).toEqual([['unreadable', 'governance', '0-236']]);
  });

  it('is a governance or a realm that its own fields do not lead to', () => {
    const { governance, realm } = honest.accounts;
    expect(found(withAccounts({ governance: edited(governance, 0, 20) }))).toEqual([
      ['unreadable', 'realm and account of the governance', '1-65'],
    ]);
    const read = readRealmsProposal(honest).realm!;
    const renamed = edited(realm, read.spans.name[0] + 4, 'X'.charCodeAt(0));
    expect(found(withAccounts({ realm: renamed }))).toEqual([
      ['unreadable', 'name of the realm', read.spans.name.join('-')],
    ]);
  });

  it('is a transaction of another proposal or place, and one that is missing', () => {
    const [first = null, second = null] = honest.accounts.transactions;
    const foreign = edited(first, 1, ...new PublicKey(other).toBytes());
    expect(found(withAccounts({ transactions: [foreign, second] }))).toEqual([
      ['unreadable', 'proposal of the transaction', '1-33'],
    ]);
    expect(found(withAccounts({ transactions: [edited(first, 34, 1), second] }))).toEqual([
      ['unreadable', 'option and index of the transaction', '33-36'],
    ]);
    expect(found(withAccounts({ transactions: [second, first] }))).toEqual([
      ['unreadable', 'transaction', null],
      ['unreadable', 'transaction', null],
    ]);
    const options = readRealmsProposal(honest).proposal!.options[0]!.bytes.join('-');
    expect(found(withAccounts({ transactions: [first, null] }))).toEqual([
      ['unreadable', 'transactions of option 1', options],
    ]);
  });
});

describe('trailing-bytes', () => {
  it('is a byte after any account', () => {
    const { proposal, governance, realm, transactions } = honest.accounts;
    const [first = null, second = null] = transactions;
    const at = (account: AccountBytes | null) => `${account!.data.length}-${account!.data.length + 1}`;
    for (const [changed, field, account] of [
      [{ proposal: longer(proposal) }, 'proposal', proposal],
      [{ governance: longer(governance) }, 'governance', governance],
      [{ realm: longer(realm) }, 'realm', realm],
      [{ transactions: [longer(first), second] }, 'transaction', first],
    ] as const)
      expect(found(withAccounts(changed))).toEqual([['trailing-bytes', field, at(account)]]);
  });

  it('is a byte in the room that nothing was written to', () => {
    const [first = null, second = null] = honest.accounts.transactions;
    const length = first!.data.length;
    expect(found(withAccounts({ transactions: [edited(first, length - 3, 1), second] }))).toEqual([
      ['trailing-bytes', 'transaction', `${length - 3}-${length}`],
    ]);
  });
});

describe('wrong-council', () => {
  it('is a proposal of another governance than the one asked for', () => {
    expect(found({ ...honest, governance: other })).toEqual([['wrong-council', 'governance', '1-33']]);
  });

  it('is a vote by holders of a mint that is not the realm’s', () => {
    const { proposal } = honest.accounts;
    const foreign = edited(proposal, 33, ...new PublicKey(other).toBytes());
    expect(found(withAccounts({ proposal: foreign }))).toEqual([
      ['wrong-council', 'governing token mint', '33-65'],
    ]);
    const council = edited(proposal, 33, ...world.councilMint.toBytes());
    expect(found(withAccounts({ proposal: council }))).toEqual([]);
  });
});

it('lists findings in the order of the verdicts', () => {
  const { proposal, realm } = honest.accounts;
  const input = { ...withAccounts({ proposal: longer(proposal), realm: null }), governance: other };
  expect(found(input).map(([kind]) => kind)).toEqual(['unreadable', 'trailing-bytes', 'wrong-council']);
  expect(realm).not.toBeNull();
});

it('is a finding, not an error, when nothing at all is at an address', async () => {
  const question = { program: REALMS_PROGRAM, proposal: other, governance: null };
  const { findings, proposal, transactions } = await readRealms(world.svm, question);
  expect(findings.map(({ kind, account }) => [kind, account])).toEqual([['unreadable', other]]);
  expect([proposal, transactions]).toEqual([null, []]);
});
