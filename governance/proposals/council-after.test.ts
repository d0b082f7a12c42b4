import { Keypair, type PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyOf } from '#governance/chain/address.ts';
import {
  type ConfigAction,
  configTransactionCreate,
  proposalCreate,
} from '#governance/venues/squads/instructions.ts';
import { transactionAddress } from '#governance/venues/squads/pdas.ts';
import { readCouncil } from '#governance/venues/squads/state.ts';
import { decodeConfigTransaction } from '#governance/verify/index.ts';
import { squadsWorld } from '#test/support/squads-world.ts';
import { councilAfter } from './council-after.ts';

const NEWCOMER = Keypair.generate().publicKey;

/** Foretold, and done by Squads' own program. */
async function both(make: (seats: readonly PublicKey[]) => readonly ConfigAction[]) {
  const world = await squadsWorld();
  const { svm, council } = world;
  const transactionIndex = await world.nextIndex();
  const first = world.seats[0]!;
  const target = { council: keyOf(council), transactionIndex, creator: first.publicKey };
  const actions = make(world.seats.map(({ publicKey }) => publicKey));
  await world.send(first, [configTransactionCreate({ ...target, actions }), proposalCreate(target)]);
  const before = await readCouncil(svm, council);
  const { accounts } = await svm.getAccounts([transactionAddress(keyOf(council), transactionIndex)]);
  const read = decodeConfigTransaction(accounts[0]!.data);
  if (!read.ok) throw new Error(read.wanted);
  const foretold = councilAfter(before, read.value.actions);
  await world.approve(transactionIndex);
  svm.advance(before.timeLockSeconds);
  const { kind } = await world.execute(transactionIndex);
  return { foretold, done: kind === 'executed', before, after: await readCouncil(svm, council) };
}

const mask = fc.constantFrom(0, 1, 2, 3, 4, 7);
/** By seat; 3 is nobody's. */
const who = fc.constantFrom(0, 1, 2, 3);
const action = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), who, mask }),
  fc.record({ kind: fc.constant('remove' as const), who }),
  fc.record({ kind: fc.constant('threshold' as const), to: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('lock' as const), to: fc.constantFrom(0, 60, 7_776_000) }),
  fc.record({ kind: fc.constant('rent' as const), to: fc.constantFrom(null, NEWCOMER) }),
);
type Asked = typeof action extends fc.Arbitrary<infer T> ? T : never;

function built(asked: Asked, seats: readonly PublicKey[]): ConfigAction {
  const key = 'who' in asked ? (seats[asked.who] ?? NEWCOMER) : NEWCOMER;
  switch (asked.kind) {
    case 'add':
      return { __kind: 'AddMember', newMember: { key, permissions: { mask: asked.mask } } };
    case 'remove':
      return { __kind: 'RemoveMember', oldMember: key };
    case 'threshold':
      return { __kind: 'ChangeThreshold', newThreshold: asked.to };
    case 'lock':
      return { __kind: 'SetTimeLock', newTimeLock: asked.to };
    case 'rent':
      return { __kind: 'SetRentCollector', newRentCollector: asked.to };
  }
}

it('is what Squads leaves, stale or not, and refused where Squads refuses', async () => {
  const changes = fc.array(action, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(changes, async (asked) => {
      const { foretold, done, before, after } = await both((seats) => asked.map((one) => built(one, seats)));
      if (foretold.council === null) return;
      expect(foretold.trouble === null).toBe(done);
      if (!done) return;
      const { transactionIndex, staleTransactionIndex, ...left } = after;
      expect(foretold.council).toMatchObject(left);
      expect(foretold.makesStale).toBe(staleTransactionIndex > before.staleTransactionIndex);
      expect(transactionIndex).toBe(before.transactionIndex);
    }),
    { numRuns: 40 },
  );
}, 180_000);

it.each([
  ['nobody can execute', 3],
  ['nobody can initiate', 6],
  ['nobody can vote', 5],
  ['everybody can do everything again', 7],
])('is what Squads says of a council where %s', async (_, mask) => {
  const { foretold, done } = await both((seats) =>
    seats.flatMap((key): ConfigAction[] => [
      { __kind: 'RemoveMember', oldMember: key },
      { __kind: 'AddMember', newMember: { key, permissions: { mask } } },
    ]),
  );
  expect(done).toBe(mask === 7);
  expect(foretold.trouble === null).toBe(done);
});

it('does not guess what is left of a member that is there twice', async () => {
  const { foretold } = await both(([, second]) => [
    { __kind: 'AddMember', newMember: { key: second!, permissions: { mask: 0 } } },
    { __kind: 'RemoveMember', oldMember: second! },
  ]);
  expect(foretold).toMatchObject({ council: null, trouble: expect.stringContaining('a member already') });
});
