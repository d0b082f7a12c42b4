import { Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import { beforeAll, describe, expect, it } from 'vitest';
import { addressOf, keyOf } from '#governance/chain/address.ts';
import { SipError } from '#governance/errors.ts';
import { nonceFindings, readMemberNonces } from '#governance/posture/nonces.ts';
import { readPosture } from '#governance/posture/read.ts';
import { readSpendingLimits, spendingLimitFindings } from '#governance/posture/spending-limits.ts';
import { looseTransactions } from '#governance/proposals/loose-transactions.ts';
import { pendingChanges } from '#governance/proposals/pending-changes.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import { configTransactionCreate, proposalCreate } from '#governance/venues/squads/instructions.ts';
import { spendingLimitAddress } from '#governance/venues/squads/pdas.ts';
import { readCouncil, readTransactions } from '#governance/venues/squads/state.ts';
import { programPath } from '#test/support/programs.ts';
import { type SquadsWorld, squadsWorld } from '#test/support/squads-world.ts';

// A first build of the programs takes minutes.
beforeAll(() => void programPath('squads'), 1_800_000);

const DAY = 86_400;
const ALL = { mask: 7 };
const transfer = (w: SquadsWorld) =>
  SystemProgram.transfer({ fromPubkey: w.vault, toPubkey: Keypair.generate().publicKey, lamports: 1 });

async function loose(w: SquadsWorld) {
  const council = await readCouncil(w.svm, w.council);
  const { unixTimestamp: now } = await w.svm.clock();
  const pairs = await readTransactions(w.svm, w.council, { from: 1n, to: council.transactionIndex });
  return looseTransactions(pairs, council, now, await pendingChanges(w.svm, council, now));
}

describe('spending limits', () => {
  it('are found by the council they are of, with who may take what', async () => {
    const w = await squadsWorld({ timeLockSeconds: 0 });
    expect(spendingLimitFindings(await readSpendingLimits(w.svm, w.council))).toMatchObject([
      { level: 'ok', code: 'no-spending-limits' },
    ]);
    // Squads gives them to members only.
    const delegate = w.seats[1]!.publicKey;
    const createKey = Keypair.generate().publicKey;
    await w.change({
      __kind: 'AddSpendingLimit',
      createKey,
      vaultIndex: 0,
      mint: PublicKey.default,
      amount: 1_500_000_000,
      period: squads.types.Period.Day,
      members: [delegate],
      destinations: [],
    });
    const limit = spendingLimitAddress(keyOf(w.council), createKey);
    const limits = await readSpendingLimits(w.svm, w.council);
    expect(limits).toEqual([
      {
        address: addressOf(limit),
        vaultIndex: 0,
        mint: null,
        amount: 1_500_000_000n,
        period: 'day',
        delegates: [addressOf(delegate)],
        destinations: [],
      },
    ]);
    expect(spendingLimitFindings(limits)).toMatchObject([
      { level: 'warning', code: `spending-limit-${addressOf(limit)}` },
    ]);
    await w.change({ __kind: 'RemoveSpendingLimit', spendingLimit: limit });
    expect(await readSpendingLimits(w.svm, w.council)).toEqual([]);
  });

  it('are unknown, not none, where the endpoint does not tell', async () => {
    const w = await squadsWorld();
    const refusing = {
      ...w.svm,
      getProgramAccounts: () => Promise.reject(new SipError('ENDPOINT_REFUSED', { reason: 'excluded' })),
    };
    const pins = pinsOf(addressOf(Keypair.generate().publicKey), w.council);
    const codes = (await readPosture(refusing, pins, true)).findings.filter(
      ({ level }) => level === 'unknown',
    );
    expect(codes.map(({ code }) => code)).toEqual([
      'upgrade-authority-unknown',
      'spending-limits-unknown',
      'nonces-unknown',
    ]);
    const down = { ...w.svm, getProgramAccounts: () => Promise.reject(new SipError('ENDPOINT_DOWN', {})) };
    await expect(readPosture(down, pins, true)).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
  });
});

describe('durable nonces', () => {
  it('are found by the member who may use them', async () => {
    const w = await squadsWorld();
    const members = w.seats.map(({ publicKey }) => addressOf(publicKey));
    expect(nonceFindings(await readMemberNonces(w.svm, members))).toMatchObject([{ code: 'no-nonces' }]);
    const nonce = Keypair.generate().publicKey;
    const member = w.seats[2]!.publicKey;
    // Version 1, initialized; the blockhash and the fee behind the authority are of no account here.
    const data = Uint8Array.from([1, 0, 0, 0, 1, 0, 0, 0, ...member.toBytes(), ...new Uint8Array(40)]);
    w.svm.setAccount({ address: nonce, owner: SystemProgram.programId, lamports: 1_447_680n, data });
    const found = await readMemberNonces(w.svm, members);
    expect(found).toEqual([{ account: addressOf(nonce), member: addressOf(member) }]);
    expect(nonceFindings(found)).toMatchObject([{ level: 'warning', code: `nonce-${addressOf(nonce)}` }]);
  });
});

describe('what is approved and not executed', () => {
  it('stays on the register when the council changes, until it is cancelled', async () => {
    const w = await squadsWorld({ timeLockSeconds: 600 });
    const index = await w.proposed([transfer(w)]);
    expect(await loose(w)).toEqual([]);
    await w.approve(index);
    expect(await loose(w)).toMatchObject([
      { transactionIndex: index, sip: null, stale: false, cancellations: 0 },
    ]);

    await w.change({
      __kind: 'AddMember',
      newMember: { key: Keypair.generate().publicKey, permissions: ALL },
    });
    await w.change({ __kind: 'RemoveMember', oldMember: w.seats[1]!.publicKey });
    expect(await loose(w)).toMatchObject([
      { transactionIndex: index, stale: true, formerVoters: [addressOf(w.seats[1]!.publicKey)] },
    ]);
    await w.vote('cancel', 0, index);
    expect(await loose(w)).toMatchObject([{ cancellations: 1, cancellationsNeeded: 2 }]);
    await w.vote('cancel', 2, index);
    expect(await loose(w)).toEqual([]);
  });

  it('is shown with what a pending change of the time lock would make of it', async () => {
    const w = await squadsWorld({ timeLockSeconds: DAY });
    const index = await w.proposed([transfer(w)]);
    await w.approve(index);
    const [before] = await loose(w);
    expect(before?.executableAt).toBe(before!.approvedAt + BigInt(DAY));
    const target = {
      council: keyOf(w.council),
      transactionIndex: await w.nextIndex(),
      creator: w.seats[0]!.publicKey,
    };
    const actions = [{ __kind: 'SetTimeLock' as const, newTimeLock: 60 }];
    await w.send(w.seats[0]!, [configTransactionCreate({ ...target, actions }), proposalCreate(target)]);
    const [after] = await loose(w);
    expect(after?.underChange).toEqual([
      {
        transactionIndex: target.transactionIndex,
        timeLockSeconds: 60,
        executableAt: after!.approvedAt + 60n,
      },
    ]);
  });
});
