import { Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import type { UnixSeconds } from '#governance/types.ts';
import {
  type AccountBytes,
  accountsToRead,
  decodeMultisig,
  decodeProposal,
  decodeVaultTransaction,
  type VerifyInput,
  verifyTransaction,
} from '#governance/verify/index.ts';
import { type SquadsWorld, squadsWorld } from '../support/squads-world.ts';
import {
  adminInstruction,
  instructionsOf,
  makeWorld,
  membersHash,
  pinsOf,
  Random,
  textOf,
  type World,
} from './world.ts';

/** Accounts as the real Squads program writes them, slack and all. */

async function membersOf(chain: SquadsWorld): Promise<World['members']> {
  const account = await accountAt(chain, chain.council);
  const multisig = decodeMultisig(account!.data);
  if (!multisig.ok) throw new Error(multisig.wanted);
  return multisig.value.members.map(({ key, mask }) => ({ key: new PublicKey(key), mask }));
}

async function accountAt(chain: SquadsWorld, address: string): Promise<AccountBytes | null> {
  const { accounts } = await chain.svm.getAccounts([new PublicKey(address)]);
  const account = accounts[0];
  if (account === null || account === undefined) return null;
  const base58 = (key: PublicKey) => key.toBase58() as AccountBytes['address'];
  return { address: base58(account.address), owner: base58(account.owner), data: account.data };
}

/** A SIP of one part for the council of `chain`. */
async function sipFor(chain: SquadsWorld): Promise<World> {
  const random = new Random(1);
  const plain = { ...makeWorld(1), part: 1, parts: 1, stale: 0n, index: await chain.nextIndex() };
  const world = { ...plain, council: new PublicKey(chain.council), vault: chain.vault };
  const members = await membersOf(chain);
  return { ...world, members, actions: [[adminInstruction(random, world), adminInstruction(random, world)]] };
}

async function inputOf(chain: SquadsWorld, world: World): Promise<VerifyInput> {
  const pins = pinsOf(world);
  const at = accountsToRead(pins, world.index);
  const read = (address: string) => accountAt(chain, address);
  return {
    ...{ pins, transactionIndex: world.index, text: textOf(world), clock: world.now as UnixSeconds },
    accounts: {
      multisig: await read(at.multisig),
      transaction: await read(at.transaction),
      proposal: await read(at.proposal),
      sipRecord: null,
    },
  };
}

describe('a proposal in the real Squads program', () => {
  it('matches from proposal to approval, and no longer once a member joins', async () => {
    const chain = await squadsWorld();
    const world = await sipFor(chain);
    const instructions = instructionsOf(world, 1, membersHash(world.members), world.index);
    expect(await chain.proposed(instructions)).toBe(world.index);
    expect(verifyTransaction(await inputOf(chain, world))).toMatchObject({
      verdict: 'match',
      executed: false,
    });
    await chain.approve(world.index);
    const input = await inputOf(chain, world);
    expect(verifyTransaction(input).verdict).toBe('match');

    const proposal = decodeProposal(input.accounts.proposal!.data);
    expect(proposal).toMatchObject({ ok: true, value: { status: 'approved' } });
    // Room for three votes of every member, from the start.
    expect(input.accounts.proposal!.data.length).toBe(70 + 3 * 32 * world.members.length);
    const transaction = decodeVaultTransaction(input.accounts.transaction!.data);
    expect(transaction.ok && transaction.used).toBe(input.accounts.transaction!.data.length);

    const newcomer = { key: Keypair.generate().publicKey, permissions: { mask: 2 } };
    await chain.change({ __kind: 'AddMember', newMember: newcomer });
    const later = verifyTransaction(await inputOf(chain, world));
    expect(later.verdict).toBe('wrong-council');
    expect(later.differences.map(({ kind }) => kind)).toContain('stale');
    expect(await membersOf(chain)).toHaveLength(4);
    await chain.change({ __kind: 'RemoveMember', oldMember: newcomer.key });
    // The newcomer's bytes stay behind the last member; the members are those of before, the index is stale.
    expect(verifyTransaction(await inputOf(chain, world)).verdict).toBe('stale');
  });

  it('is read as executed', async () => {
    const chain = await squadsWorld({ timeLockSeconds: 0 });
    const to = Keypair.generate().publicKey;
    const pay = SystemProgram.transfer({ fromPubkey: chain.vault, toPubkey: to, lamports: 1_000_000 });
    const index = await chain.proposed([pay]);
    await chain.approve(index);
    await chain.execute(index);
    const world = { ...(await sipFor(chain)), index };
    const answer = verifyTransaction({ ...(await inputOf(chain, world)), text: null });
    expect(answer).toMatchObject({ verdict: 'digest-unknown', executed: true, sip: null, part: null });
    expect(answer.differences).toHaveLength(1);
  });
});
