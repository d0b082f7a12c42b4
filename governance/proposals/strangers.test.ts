import { PublicKey, SystemProgram } from '@solana/web3.js';
import { beforeAll, expect, it } from 'vitest';
import { keyOf } from '#governance/chain/address.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Address } from '#governance/types.ts';
import { configTransactionCreate, proposalCreate } from '#governance/venues/squads/instructions.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';
import { type SquadsWorld, squadsWorld } from '#test/support/squads-world.ts';
import { compileSip } from '../plan/compile.ts';
import { parseUnnamed } from '../sip/parse-unnamed.ts';
import { readCouncil } from '../venues/squads/state.ts';
import { sipLibrary } from './library.ts';
import { scanCouncil } from './scan.ts';
import { strangersIn } from './strangers.ts';

let world: SquadsWorld;
const PROGRAM = PublicKey.unique().toBase58() as Address;
const sip = parseUnnamed(
  sipFile({ sip: 7, title: 'Whitelist', actions: [whitelist('mSOL', '1')] }, 1_772_323_200n).bytes,
  'sip.md',
);
const strangers = async (texts: readonly (typeof sip)[]) => {
  const library = sipLibrary(texts);
  return strangersIn(await scanCouncil(world.svm, pinsOf(PROGRAM, world.council), library), library);
};
const transfer = () =>
  SystemProgram.transfer({ fromPubkey: world.vault, toPubkey: PublicKey.unique(), lamports: 5 });

beforeAll(async () => {
  world = await squadsWorld();
  await world.proposed([transfer()]);
  const pins = pinsOf(PROGRAM, world.council);
  const { members } = await readCouncil(world.svm, world.council);
  const transactionIndex = await world.nextIndex();
  const [part] = compileSip(sip, { pins, members, transactionIndex }).parts;
  await world.proposed(
    part!.instructions.map(({ programId, keys, data }) => ({
      programId: keyOf(programId),
      keys: keys.map((key) => ({ ...key, pubkey: keyOf(key.pubkey) })),
      data: Buffer.from(data),
    })),
  );
  const first = world.seats[0]!;
  const target = { council: keyOf(world.council), transactionIndex: 3n, creator: first.publicKey };
  await world.send(first, [
    configTransactionCreate({ ...target, actions: [{ __kind: 'SetTimeLock', newTimeLock: 60 }] }),
    proposalCreate(target),
  ]);
});

it('are what names no SIP and what names one that is not here, never a change of the council', async () => {
  const found = await strangers([]);
  expect(found).toMatchObject([
    { transactionIndex: 2n, what: 'no-text', sip: 7, state: { kind: 'active' } },
    { transactionIndex: 1n, what: 'no-sip', sip: null, creator: world.seats[0]!.publicKey.toBase58() },
  ]);
  expect((await strangers([sip])).map(({ transactionIndex }) => transactionIndex)).toEqual([1n]);
});

it('stay while they can take effect: approved before the council changed, too, and no longer once cancelled', async () => {
  await world.approve(1n);
  await world.change({ __kind: 'ChangeThreshold', newThreshold: 3 });
  // Of those that were voted on only what was approved can still be executed.
  expect(await strangers([])).toMatchObject([
    { transactionIndex: 1n, state: { kind: 'approved', stale: true, squadsAccepts: expect.any(Boolean) } },
  ]);
  for (const seat of [0, 1, 2]) await world.vote('cancel', seat, 1n);
  expect(await strangers([])).toEqual([]);
});
