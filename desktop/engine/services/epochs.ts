import type { EpochRow, GateView } from '#desktop/shared/views/index.ts';
import { SipError } from '#governance/errors.ts';
import { viewEpochs } from '#governance/lifecycle/epochs.ts';
import { activateEpoch, activationGates, closeEpoch } from '#governance/operations/epochs.ts';
import { guardianPause } from '#governance/operations/pause.ts';
import type { OperationOutcome } from '#governance/operations/send.ts';
import type { Address } from '#governance/types.ts';
import type { Engine, Handlers } from '../engine.ts';
import type { World } from '../world.ts';
import { capText, secondsOrNull } from './words.ts';

export const epochs = {
  async 'epochs.read'(engine) {
    const { now, rows } = await rowsOf(engine.world);
    return { now, rows, activation: await nextActivation(engine, rows) };
  },

  async 'epochs.activate'({ world, seat }, { index }) {
    const signer = world.signer(seat, claim(`Activate restaking epoch ${index}`));
    const row = await scheduledRow(world, index);
    // Nothing on chain keeps an epoch from being activated that is not the one of the text.
    const plan = row && planGate(row);
    if (plan?.state === 'bad')
      throw new SipError('EPOCH_NOT_READY', { index, gate: plan.name, detail: plan.detail });
    const outcome = await world.sending((ports) => activateEpoch(ports, { pins: world.pins, signer, index }));
    return told(outcome, `Restaking epoch ${index} is active.`);
  },

  async 'epochs.close'({ world, seat }, { index }) {
    const signer = world.signer(seat, claim(`Close restaking epoch ${index}`));
    const outcome = await world.sending((ports) => closeEpoch(ports, { pins: world.pins, signer, index }));
    return told(outcome, `Restaking epoch ${index} is closed.`);
  },

  async 'guardian.pause'({ world, seat }) {
    const guardian = world.signer(seat, claim('Pause the protocol'));
    const outcome = await world.sending((ports) => guardianPause(ports, { pins: world.pins, guardian }));
    return told(outcome, 'The protocol is paused. It ends by itself after 7 days; a SIP can end it earlier.');
  },
} satisfies Partial<Handlers>;

async function rowsOf(world: World): Promise<{ readonly now: number; readonly rows: EpochRow[] }> {
  const snapshot = await world.snapshot();
  const rows = viewEpochs(snapshot, world.pins, world.documents.library).map((view) => ({
    index: view.index,
    status: view.epoch.status,
    opensAt: Number(view.epoch.terms.opensAt),
    closesAt: secondsOrNull(view.epoch.terms.closesAt),
    access: view.epoch.terms.access,
    withdrawals: view.epoch.terms.withdrawals,
    caps: view.caps.map(({ symbol, decimals, mint, cap, filled }) => ({
      symbol,
      decimals,
      mint,
      cap: capText(cap),
      filled: filled.toString(),
    })),
    sip: view.scheduledBy,
    plan:
      view.plan?.map(({ field, planned, actual }) => ({
        field: field.replace('terms.', ''),
        planned: String(planned),
        actual: String(actual),
      })) ?? null,
    due: view.due,
    activatedBy: view.activatedBy,
    activatedAt: secondsOrNull(view.activatedAt),
    poolsWithoutCap: [...view.poolsWithoutCap],
  }));
  return { now: Number(snapshot.scan.now), rows };
}

const scheduledRow = async (world: World, index: number | undefined) =>
  (await rowsOf(world)).rows.find((one) => one.index === index && one.status === 'scheduled');

async function nextActivation({ world, seat }: Engine, rows: readonly EpochRow[]) {
  const key = world.seats.find(({ id }) => id === seat)?.publicKey ?? world.pins.vault;
  const { index, gates } = await activationGates(world.rpc, world.pins, key as Address);
  const views = gates.map(
    ({ name, passed, detail }): GateView => ({
      name: name.charAt(0).toUpperCase() + name.slice(1),
      state: passed ? 'ok' : name.startsWith('window open') ? 'wait' : 'bad',
      detail,
    }),
  );
  const row = rows.find((one) => one.index === index && one.status === 'scheduled');
  if (row) views.push(planGate(row));
  return {
    index: index ?? null,
    gates: views,
    ready: views.length > 0 && views.every(({ state }) => state === 'ok'),
  };
}

/** Whether what would become active is what the SIP says. */
function planGate({ plan, sip }: EpochRow): GateView {
  const name = 'Plan is what the chain has';
  if (plan === null)
    return {
      name,
      state: 'bad',
      detail: `the text of SIP-${sip} is not here: add it under Settings, SIP sources`,
    };
  if (plan.length === 0) return { name, state: 'ok', detail: `as SIP-${sip} says` };
  const differs = plan.map(({ field, planned, actual }) => `${field} is ${actual}, planned ${planned}`);
  return { name, state: 'bad', detail: differs.join('; ') };
}

const claim = (title: string) => ({ title, verdict: null, digest: null, transactionIndex: null });

function told(outcome: OperationOutcome, sentence: string) {
  if (outcome.kind === 'not-done') throw outcome.error;
  return { sentence, line: null, signatures: [outcome.signature] };
}
