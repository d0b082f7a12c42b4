import { renderAmount } from '../actions/values.ts';
import { epochsScheduledBy, expectationsOf } from '../lifecycle/expected.ts';
import { restake } from '../operations/deposits.ts';
import { activateEpoch, closeEpoch } from '../operations/epochs.ts';
import {
  type Epoch,
  type EpochCap,
  type RestakingPool,
  UNLIMITED_BASE_UNITS,
} from '../restaking/accounts.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import { readProgramState } from '../restaking/state.ts';
import type { Sip } from '../sip/document.ts';
import { renderTime } from '../times.ts';
import { landedOf, refusedBy, type Seen, type Stages, seenOf } from './stages.ts';
import { nowIn, type RehearsalWorld, reach } from './world.ts';

interface Capped {
  readonly pool: RestakingPool;
  readonly cap: EpochCap;
}

/** What the epochs of a SIP do to people who deposit, from before their activation to their end. @throws StageFailed. */
export async function playEpochs(world: RehearsalWorld, stages: Stages, sip: Sip): Promise<void> {
  for (const index of epochsScheduledBy(sip, world.pins))
    await playEpoch(world, stages, sip.header.sip, index);
  await playAddedCaps(world, stages, sip);
}

async function playEpoch(
  world: RehearsalWorld,
  stages: Stages,
  number: number,
  index: number,
): Promise<void> {
  const { ports, pins, epochAdmin } = world;
  const { epoch, capped } = await readEpoch(world, index);
  const first = capped[0];
  if (!first) return;
  await stages.run(number, `deposit before epoch ${index}`, async () =>
    refusedBy(await deposit(world, first, 1n, index, true), 'NoActiveEpoch'),
  );
  await stages.run(number, `activate epoch ${index}`, async () => {
    await reach(world, epoch.terms.opensAt);
    const landed = landedOf(await activateEpoch(ports, { pins, signer: epochAdmin, index }));
    return { ...seenOf(landed), detail: `at ${renderTime(await nowIn(world))}` };
  });
  await stages.run(number, `deposit in epoch ${index}`, () => fittingDeposit(world, first, index));
  const refused = await refusalIn(world, epoch, capped, index);
  if (refused) await stages.run(number, `deposit ${refused.what} in epoch ${index}`, refused.run);

  const { closesAt } = epoch.terms;
  if (closesAt === null) return;
  await stages.run(number, `deposit after epoch ${index}`, async () => {
    await reach(world, closesAt);
    return refusedBy(await deposit(world, first, 1n, index, true), 'EpochWindowPassed');
  });
  await stages.run(number, `close epoch ${index}`, async () =>
    seenOf(landedOf(await closeEpoch(ports, { pins, signer: world.depositor, index }))),
  );
}

/** By invitation: without the gatekeeper. With a limit: one base unit too much. */
async function refusalIn(world: RehearsalWorld, epoch: Epoch, capped: readonly Capped[], index: number) {
  const [first] = capped;
  if (epoch.terms.access === 'invite-only' && first) {
    return {
      what: 'without invitation',
      run: async () => refusedBy(await deposit(world, first, 1n, index, false), 'GatekeeperMissing'),
    };
  }
  const limited = capped.find(({ cap }) => cap.cap !== UNLIMITED_BASE_UNITS);
  if (!limited) return undefined;
  return {
    what: 'above the cap',
    run: async () =>
      refusedBy(
        await deposit(world, limited, limited.cap.cap + 1n, index, true),
        'EpochCapExceeded',
        'PoolCapExceeded',
      ),
  };
}

/** Caps that a SIP adds to an epoch which another one scheduled: their LST can be deposited at once if it runs. */
async function playAddedCaps(world: RehearsalWorld, stages: Stages, sip: Sip): Promise<void> {
  const own = epochsScheduledBy(sip, world.pins);
  const added = expectationsOf(sip, world.pins).filter(({ type }) => type === 'EpochCap');
  for (const { fields } of added) {
    const index = Number(fields?.index);
    if (own.includes(index)) continue;
    const { epoch, capped } = await readEpoch(world, index);
    const target = capped.find(({ cap }) => cap.pool === fields?.pool);
    if (epoch.status !== 'active' || !target) continue;
    await stages.run(sip.header.sip, `deposit ${target.pool.symbol} in epoch ${index}`, () =>
      fittingDeposit(world, target, index),
    );
  }
}

/** One token, or all there is room for. */
async function fittingDeposit(world: RehearsalWorld, target: Capped, index: number): Promise<Seen> {
  const one = 10n ** BigInt(target.pool.decimals);
  const amount = target.cap.cap < one ? target.cap.cap : one;
  const landed = landedOf(await deposit(world, target, amount, index, true));
  return { ...seenOf(landed), detail: `${renderAmount(amount, target.pool.decimals)} ${target.pool.symbol}` };
}

function deposit(
  world: RehearsalWorld,
  { pool }: Capped,
  amountBaseUnits: bigint,
  epochIndex: number,
  invited: boolean,
) {
  const { ports, pins, depositor, gatekeeper } = world;
  const base = { pins, owner: depositor, lstMint: pool.lstMint, amountBaseUnits, epochIndex };
  return restake(ports, invited ? { ...base, gatekeeper } : base);
}

async function readEpoch(
  { ports, pins }: RehearsalWorld,
  index: number,
): Promise<{ epoch: Epoch; capped: readonly Capped[] }> {
  const { accounts } = await readProgramState(ports.rpc, pins.programId);
  const epoch = accounts.Epoch.get(restakingPdas(pins.programId).epoch(index));
  if (!epoch) throw new Error(`epoch ${index} is not on chain`);
  const capped = [...accounts.EpochCap.values()]
    .filter((cap) => cap.index === index && cap.scheduledBy === epoch.scheduledBy)
    .flatMap((cap) => {
      const pool = accounts.RestakingPool.get(cap.pool);
      return pool?.status === 'open' ? [{ pool, cap }] : [];
    });
  return { epoch, capped };
}
