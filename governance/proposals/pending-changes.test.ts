import { Keypair } from '@solana/web3.js';
import { expect, it } from 'vitest';
import { keyOf } from '#governance/chain/address.ts';
import { configTransactionCreate, proposalCreate } from '#governance/venues/squads/instructions.ts';
import { readCouncil } from '#governance/venues/squads/state.ts';
import { squadsWorld } from '#test/support/squads-world.ts';
import { pendingChanges } from './pending-changes.ts';

it('says in words what would change the council, until it is done or no longer can be', async () => {
  const world = await squadsWorld();
  const read = async () =>
    pendingChanges(
      world.svm,
      await readCouncil(world.svm, world.council),
      (await world.svm.clock()).unixTimestamp,
    );
  expect(await read()).toEqual([]);

  const newcomer = Keypair.generate().publicKey;
  const first = world.seats[0]!;
  const transactionIndex = await world.nextIndex();
  const target = { council: keyOf(world.council), transactionIndex, creator: first.publicKey };
  await world.send(first, [
    configTransactionCreate({
      ...target,
      actions: [
        { __kind: 'AddMember', newMember: { key: newcomer, permissions: { mask: 7 } } },
        { __kind: 'ChangeThreshold', newThreshold: 1 },
      ],
    }),
    proposalCreate(target),
  ]);
  expect(await read()).toMatchObject([
    {
      transactionIndex,
      state: { kind: 'active' },
      changes: [
        { label: 'Adds the member', value: newcomer.toBase58() },
        { label: 'who may', value: 'initiate, vote, execute' },
        { label: 'Sets the threshold to', value: '1' },
      ],
    },
  ]);

  await world.approve(transactionIndex);
  expect(await read()).toMatchObject([{ state: { kind: 'approved' } }]);
  await world.change({ __kind: 'SetTimeLock', newTimeLock: 60 });
  // Every change of the council makes what was proposed before it stale.
  expect(await read()).toEqual([]);
});
