import { Keypair, PublicKey } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { keyOf } from '#governance/chain/address.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import { simulateExecution } from '#governance/simulate/execution.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Address } from '#governance/types.ts';
import {
  type ConfigAction,
  configTransactionCreate,
  proposalCreate,
} from '#governance/venues/squads/instructions.ts';
import { transactionAddress } from '#governance/venues/squads/pdas.ts';
import { type SquadsWorld, squadsWorld } from '#test/support/squads-world.ts';
import { act } from './act.ts';
import { hashOfChange } from './announced-change.ts';
import { type CouncilChangeReview, reviewChange } from './council-change.ts';
import { sipLibrary } from './library.ts';
import { scanCouncil } from './scan.ts';

const NEWCOMER = Keypair.generate().publicKey;
const TAKE_OVER: readonly ConfigAction[] = [
  { __kind: 'AddMember', newMember: { key: NEWCOMER, permissions: { mask: 7 } } },
  { __kind: 'ChangeThreshold', newThreshold: 1 },
  { __kind: 'SetTimeLock', newTimeLock: 0 },
];
const pinsIn = (world: SquadsWorld) => pinsOf(PublicKey.default.toBase58() as Address, world.council);

/** Proposed by the first seat. */
async function proposed(world: SquadsWorld, actions: readonly ConfigAction[]): Promise<bigint> {
  const transactionIndex = await world.nextIndex();
  const first = world.seats[0]!;
  const target = { council: keyOf(world.council), transactionIndex, creator: first.publicKey };
  await world.send(first, [configTransactionCreate({ ...target, actions }), proposalCreate(target)]);
  return transactionIndex;
}

async function reviewed(world: SquadsWorld, index: bigint, sips: readonly Sip[] = []) {
  const library = sipLibrary(sips);
  const scan = await scanCouncil(world.svm, pinsIn(world), library);
  const { accounts } = await world.svm.getAccounts([transactionAddress(keyOf(world.council), index)]);
  return { scan, data: accounts[0]!.data, review: reviewChange(accounts[0]!.data, scan, undefined, library) };
}

const codes = (review: CouncilChangeReview | null) =>
  review?.posture.filter(({ level }) => level === 'error').map(({ code }) => code);

it('says what it would leave, how the council could then be captured, and what it voids', async () => {
  const world = await squadsWorld();
  const earlier = await proposed(world, [{ __kind: 'SetTimeLock', newTimeLock: 60 }]);
  const index = await proposed(world, TAKE_OVER);
  const { review, scan, data } = await reviewed(world, index);
  expect(review).toMatchObject({ trouble: null, makesStale: true, announcedBy: [] });
  expect(review?.changes).toEqual([
    {
      ...{ subject: 'Council', address: world.council, field: 'Threshold' },
      ...{ before: '2 of 3 voters', after: '1 of 4 voters' },
    },
    {
      ...{ subject: 'Council', address: world.council, field: 'Time lock' },
      ...{ before: '10 min', after: 'none' },
    },
    {
      ...{ subject: 'New member', address: NEWCOMER.toBase58(), field: 'May' },
      ...{ before: 'not a member', after: 'initiate, vote, execute' },
    },
  ]);
  expect(review?.sentences[0]).toBe(
    `Adds the member ${NEWCOMER.toBase58()}, who may initiate, vote, execute`,
  );
  expect(codes(review)).toEqual(['threshold-one', 'one-key-alone', 'no-time-lock']);
  expect(review?.voids).toEqual([{ transactionIndex: earlier, sip: null }]);
  expect(scan.changes).toMatchObject([
    { transactionIndex: index, state: { kind: 'active' }, verification: { verdict: 'unreadable' } },
    { transactionIndex: earlier },
  ]);
  expect(reviewChange(data.subarray(0, -1), scan, undefined, sipLibrary([]))).toBeNull();
  await world.approve(index);
  world.svm.advance(600);
  expect(await world.execute(index)).toMatchObject({ kind: 'executed' });
  // The earlier one is active still, and stale.
  expect((await reviewed(world, earlier)).scan.changes).toEqual([]);
});

it('leaves what was proposed before it as it is where only a spending limit is made', async () => {
  const world = await squadsWorld();
  await proposed(world, [{ __kind: 'SetTimeLock', newTimeLock: 60 }]);
  const index = await proposed(world, [
    {
      __kind: 'AddSpendingLimit',
      ...{ createKey: NEWCOMER, vaultIndex: 0, mint: PublicKey.default, amount: 5_500_000_000 },
      ...{ period: 1, members: [NEWCOMER], destinations: [] },
    },
  ]);
  const { review } = await reviewed(world, index);
  expect(review).toMatchObject({ trouble: null, makesStale: false, voids: [] });
  expect(review?.changes.map(({ subject, field, after }) => [subject, field, after])).toEqual([
    ['Spending limit', 'Without a vote', '5.5 SOL each day from vault 0'],
    ['Spending limit', 'Spent by', NEWCOMER.toBase58()],
    ['Spending limit', 'Sent to', 'anywhere'],
  ]);
});

it('names the text whose hash it has, of this council and these actions only', async () => {
  const world = await squadsWorld();
  const index = await proposed(world, TAKE_OVER);
  const hash = (await reviewed(world, index)).review!.hash;
  const text = (multisig: Address, of: string): Sip =>
    ({
      ...{ digest: of, header: { sip: 9 } },
      actions: [
        { kind: 'record-external', params: { external: 'config-transaction', multisig, hash: of }, line: 1 },
      ],
    }) as unknown as Sip;
  const announcing = async (sip: Sip) => (await reviewed(world, index, [sip])).review?.announcedBy;
  expect(await announcing(text(world.council, hash))).toHaveLength(1);
  expect(await announcing(text(NEWCOMER.toBase58() as Address, hash))).toEqual([]);
  expect(await announcing(text(world.council, hashOfChange(world.council, new Uint8Array(4))))).toEqual([]);
});

it('can be run on this computer, and is what was foretold', async () => {
  const world = await squadsWorld();
  const index = await proposed(world, TAKE_OVER);
  const { runs } = await simulateExecution(world.svm, pinsIn(world), [index], null);
  expect(runs).toMatchObject([{ failure: null, assumed: ['it is approved', 'the time lock has passed'] }]);
  const changes = runs[0]!.changes.map(({ field, before, after }) => [field, before, after]);
  expect(changes).toEqual(
    expect.arrayContaining([
      ['threshold', 2, 1],
      ['timeLockSeconds', 600, 0],
      [`member ${NEWCOMER.toBase58()}`, null, 'initiate, vote, execute'],
    ]),
  );
});

it('is approved by nobody here, and stopped by whoever may vote', async () => {
  const world = await squadsWorld();
  const index = await proposed(world, TAKE_OVER);
  const request = (seat: number) => ({
    ...{ pins: pinsIn(world), library: sipLibrary([]), transactionIndex: index },
    member: world.seats[seat]!,
  });
  for (const what of ['approve', 'execute'] as const)
    expect(await act(world.ports, request(1), what)).toMatchObject({
      kind: 'not-done',
      error: { code: 'VERDICT_NOT_MATCH' },
    });
  expect(await act(world.ports, request(1), 'reject')).toMatchObject({ kind: 'voted' });
  expect(await act(world.ports, request(2), 'reject')).toMatchObject({ state: { kind: 'rejected' } });
  expect((await reviewed(world, index)).scan.changes).toEqual([]);
});
