import {
  createSetGovernanceConfig,
  Governance,
  GovernanceAccountParser,
  PROGRAM_VERSION_V3,
  Proposal,
  ProposalTransaction,
  Realm,
} from '@solana/spl-governance';
import { Keypair, PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { readRealms } from '#governance/proposals/realms.ts';
import type { Address } from '#governance/types.ts';
import { decodeGovernance } from '#governance/verify/realms/governance.ts';
import { REALMS_PROGRAM, type RealmsReading } from '#governance/verify/realms/index.ts';
import { trailingBytes } from '#governance/verify/realms/layout.ts';
import { decodeRealmsProposal } from '#governance/verify/realms/proposal.ts';
import { decodeRealm } from '#governance/verify/realms/realm.ts';
import { decodeProposalTransaction } from '#governance/verify/realms/transaction.ts';
import {
  governanceConfig,
  payment,
  type RealmsWorld,
  realmsWorld,
  threshold,
} from '../../support/realms-world.ts';
import { strictly, unnoticedChanges } from '../unnoticed.ts';

/** Accounts as the real SPL Governance program writes them, room and all. */

const text = (bytes: Uint8Array) => new PublicKey(bytes).toBase58();
const read = (world: RealmsWorld, proposal: PublicKey): Promise<RealmsReading> =>
  readRealms(world.svm, {
    program: REALMS_PROGRAM,
    proposal: proposal.toBase58() as Address,
    governance: world.governance.toBase58() as Address,
  });

async function bytesOf(world: RealmsWorld, address: PublicKey): Promise<Uint8Array> {
  const account = await world.account(address);
  if (account === null) throw new Error(`no account ${address.toBase58()}`);
  return account.data;
}

/** As the SDK reads it. */
async function theirs<T>(world: RealmsWorld, kind: new (args: never) => T, address: PublicKey): Promise<T> {
  const data = Buffer.from(await bytesOf(world, address));
  const info = { data, owner: new PublicKey(REALMS_PROGRAM), lamports: 1, executable: false };
  return GovernanceAccountParser(kind as never)(address, info).account as T;
}

describe('a proposal in the real SPL Governance program', () => {
  it('is read in full from draft to execution, and means what the SDK says', async () => {
    const world = await realmsWorld();
    const bundle = [payment(world.treasury), payment(world.treasury)];
    const { proposal, transactions } = await world.drafted({
      name: 'Pay — für Späteres',
      transactions: [bundle, [payment(world.treasury)]],
    });
    const [first, second] = transactions as [PublicKey, PublicKey];

    const drafted = await read(world, proposal);
    expect(drafted.findings).toEqual([]);
    expect(drafted.treasury).toBe(world.treasury.toBase58());
    expect(drafted.realm).toMatchObject({ name: 'Council of LSTs', address: world.realm.toBase58() });
    expect(drafted.governance?.address).toBe(world.governance.toBase58());
    expect(drafted.proposal).toMatchObject({
      ...{ name: 'Pay — für Späteres', state: 'draft' },
      options: [{ label: 'Approve', transactions: 2, executed: 0 }],
    });
    expect(drafted.transactions.map(({ address }) => address)).toEqual(transactions.map(String));
    const keys = (one: (typeof bundle)[number]) =>
      one.keys.map(({ pubkey, isSigner, isWritable }) => [pubkey.toBase58(), isSigner, isWritable]);
    drafted.transactions[0]!.instructions.forEach((ours, i) => {
      const wanted = bundle[i]!;
      expect(text(ours.program)).toBe(wanted.programId.toBase58());
      expect(ours.accounts.map((a) => [text(a.key), a.signer, a.writable])).toEqual(keys(wanted));
      expect(Buffer.from(ours.data)).toEqual(wanted.data);
    });

    await world.signOff(proposal);
    await world.voteYes(proposal);
    await world.execute(proposal, first);
    const half = await read(world, proposal);
    expect(half.findings).toEqual([]);
    expect(half.proposal).toMatchObject({ state: 'executing', decidedAt: { yesPercent: 60 } });
    expect(half.transactions.map(({ status }) => status)).toEqual(['success', 'none']);

    await world.execute(proposal, second);
    const done = await read(world, proposal);
    expect(done.findings).toEqual([]);
    const sdk = await theirs(world, Proposal, proposal);
    const ours = done.proposal!;
    expect(ours.state).toBe('completed');
    expect(`${ours.closedAt}`).toBe(String(sdk.closedAt));
    expect(`${ours.votingAtSlot}`).toBe(String(sdk.votingAtSlot));
    expect(`${ours.maxVoteWeight}`).toBe(String(sdk.maxVoteWeight));
    expect([ours.name, ours.descriptionLink]).toEqual([sdk.name, sdk.descriptionLink]);
    expect(text(ours.tokenOwnerRecord)).toBe(sdk.tokenOwnerRecord.toBase58());
    const executed = await theirs(world, ProposalTransaction, second);
    expect(`${done.transactions[1]!.executedAt}`).toBe(String(executed.executedAt));
    expect(done.transactions[1]!.spans.room).toEqual(Array(2).fill((await bytesOf(world, second)).length));
  });

  it('may have lost a transaction, and several options', async () => {
    const world = await realmsWorld();
    const { proposal, transactions } = await world.drafted({
      options: ['One', 'Two', 'Three'],
      transactions: [[payment(world.treasury)], [payment(world.treasury)]],
    });
    await world.remove(proposal, transactions[0]!);
    const { findings, proposal: ours, transactions: left } = await read(world, proposal);
    expect(findings).toEqual([]);
    expect(ours?.options.map((o) => [o.label, o.transactions, o.nextIndex])).toEqual([
      ['One', 1, 2],
      ['Two', 0, 0],
      ['Three', 0, 0],
    ]);
    expect(ours?.voteType).toEqual({ kind: 'multi-choice', weight: 'full-weight' });
    expect(left.map(({ transactionIndex }) => transactionIndex)).toEqual([1]);
  });

  it('has no byte that may be another one', async () => {
    const world = await realmsWorld();
    const { proposal, transactions } = await world.drafted({ transactions: [[payment(world.treasury)]] });
    const unread = [
      unnoticedChanges(await bytesOf(world, proposal), strictly(decodeRealmsProposal)),
      unnoticedChanges(await bytesOf(world, transactions[0]!), strictly(decodeProposalTransaction)),
      unnoticedChanges(await bytesOf(world, world.governance), strictly(decodeGovernance)),
      unnoticedChanges(await bytesOf(world, world.realm), strictly(decodeRealm)),
    ];
    expect(unread).toEqual([[], [], [], []]);
  });
});

describe('an account that the program made shorter', () => {
  it('is followed by zeros: a governance without thresholds', async () => {
    const world = await realmsWorld();
    const config = governanceConfig({
      communityVetoVoteThreshold: threshold(null),
      councilVetoVoteThreshold: threshold(null),
      councilVoteThreshold: threshold(null),
      votingCoolOffTime: 7,
    });
    const program = new PublicKey(REALMS_PROGRAM);
    await world.decide([createSetGovernanceConfig(program, PROGRAM_VERSION_V3, world.governance, config)]);
    const bytes = await bytesOf(world, world.governance);
    const ours = decodeGovernance(bytes);
    if (!ours.ok) throw new Error(ours.wanted);
    expect(ours.value.config).toMatchObject({
      ...{ councilVoteThreshold: 'disabled', communityVetoVoteThreshold: 'disabled' },
      ...{ communityVoteThreshold: { yesPercent: 60 }, coolOffSeconds: 7 },
    });
    expect(ours.value.spans.room).toEqual([233, 236]);
    expect(trailingBytes(bytes, ours.value.spans.room)).toBeNull();
    const sdk = await theirs(world, Governance, world.governance);
    expect(`${ours.value.activeProposals}`).toBe(String(sdk.activeProposalCount));
  });

  it('is followed by zeros: a realm without its authority', async () => {
    const world = await realmsWorld();
    await world.giveUpRealmAuthority();
    const bytes = await bytesOf(world, world.realm);
    const ours = decodeRealm(bytes);
    if (!ours.ok) throw new Error(ours.wanted);
    expect(ours.value).toMatchObject({
      authority: null,
      communityMint: world.communityMint.toBytes(),
      councilMint: world.councilMint.toBytes(),
    });
    expect(ours.value.spans.room).toEqual([bytes.length - 32, bytes.length]);
    expect(trailingBytes(bytes, ours.value.spans.room)).toBeNull();
    const sdk = await theirs(world, Realm, world.realm);
    expect([sdk.name, sdk.authority ?? null]).toEqual([ours.value.name, null]);
  });
});

it('names an instruction that asks for a signature the vote does not give', async () => {
  const world = await realmsWorld();
  const stranger = Keypair.generate().publicKey;
  const { proposal, transactions } = await world.drafted({ transactions: [[payment(stranger)]] });
  const { findings, transactions: ours } = await read(world, proposal);
  expect(findings).toMatchObject([
    {
      kind: 'ephemeral-signer-present',
      account: transactions[0]!.toBase58(),
      actual: stranger.toBase58(),
      bytes: ours[0]!.instructions[0]!.accounts[0]!.bytes,
    },
  ]);
});
