import { PublicKey } from '@solana/web3.js';
import { renderAmount } from '../actions/values.ts';
import { addressOf } from '../chain/address.ts';
import { SIGNATURE_LAMPORTS } from '../chain/fee.ts';
import type { ChainReader, Signer } from '../chain/ports.ts';
import type { SendPorts } from '../chain/send.ts';
import type { Config, Epoch } from '../restaking/accounts.ts';
import { buildInstruction } from '../restaking/instructions.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import { readAccount } from '../restaking/state.ts';
import { renderTime } from '../times.ts';
import type { Address, Pins, UnixSeconds } from '../types.ts';
import { type NotDone, notDone, type VenueOptions } from '../venues/squads/outcome.ts';
import { type OperationOutcome, sendOperation } from './send.ts';

export interface EpochRequest {
  readonly pins: Pins;
  readonly signer: Signer;
  /** Refuses when the program would act on another epoch; left out = whichever is due. */
  readonly index?: number;
}

/** One condition of an activation, for a check list. */
export interface Gate {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** @throws SipError of the reader. */
export async function activationGates(
  reader: ChainReader,
  pins: Pins,
  by: Address,
): Promise<{ readonly index: number | undefined; readonly gates: readonly Gate[] }> {
  const [{ config, epoch, now }, { accounts }] = await Promise.all([
    nextEpoch(reader, pins),
    reader.getAccounts([new PublicKey(by)]),
  ]);
  if (!config)
    return {
      index: undefined,
      gates: [{ name: 'program initialized', passed: false, detail: 'there is no config account' }],
    };
  const gates: Gate[] = [
    { name: 'role', passed: config.epochAdmin === by, detail: `the epoch admin is ${config.epochAdmin}` },
    { name: 'not paused', passed: !isPaused(config, now), detail: `pause: ${config.pause}` },
    {
      name: 'predecessor closed',
      passed: config.activeEpoch === null,
      detail: config.activeEpoch === null ? 'no epoch is active' : `epoch ${config.activeEpoch} is active`,
    },
    {
      name: 'scheduled',
      passed: epoch?.status === 'scheduled',
      detail: epoch
        ? `epoch ${epoch.index} is ${epoch.status}`
        : `epoch ${config.nextActivation} is not scheduled`,
    },
  ];
  if (epoch) gates.push(...windowGates(epoch, now));
  const lamports = accounts[0]?.lamports ?? 0n;
  gates.push({
    name: 'fee balance',
    passed: lamports >= SIGNATURE_LAMPORTS,
    detail: `${by} has ${renderAmount(lamports, 9)} SOL`,
  });
  return { index: config.nextActivation, gates };
}

function windowGates({ terms }: Epoch, now: UnixSeconds): readonly Gate[] {
  const opens = {
    name: 'window open',
    passed: now >= terms.opensAt,
    detail: `opens at ${renderTime(terms.opensAt)}`,
  };
  if (terms.closesAt === null) return [opens];
  return [
    opens,
    {
      name: 'window not passed',
      passed: now < terms.closesAt,
      detail: `closes at ${renderTime(terms.closesAt)}`,
    },
  ];
}

/** A guardian's pause ends by itself after 7 days, as in programs/restaking. */
export const GUARDIAN_PAUSE_SECONDS = 604_800n;
export function isPaused(config: Config, now: UnixSeconds): boolean {
  if (config.pause === 'guardian') return now < config.guardianPausedAt + GUARDIAN_PAUSE_SECONDS;
  return config.pause === 'council';
}

/** By the epoch admin: makes the next scheduled epoch active. Cannot be taken back. */
export async function activateEpoch(
  ports: SendPorts,
  request: EpochRequest,
  options: VenueOptions = {},
): Promise<OperationOutcome> {
  const { pins, signer } = request;
  const by = addressOf(signer.publicKey);
  const { index, gates } = await activationGates(ports.rpc, pins, by);
  const other = otherIndex(request, index);
  if (other) return other;
  const failed = gates.find((gate) => !gate.passed);
  if (failed || index === undefined)
    return notDone('EPOCH_NOT_READY', { index, gate: failed?.name, detail: failed?.detail });
  const pdas = restakingPdas(pins.programId);
  const accounts = { epochAdmin: by, config: pdas.config, epoch: pdas.epoch(index) };
  const instructions = [buildInstruction('activate_epoch', pins.programId, accounts)];
  return sendOperation(
    ports,
    { pins, signer, instructions, describe: `activate restaking epoch ${index}` },
    options,
  );
}

/** By anyone, once the window of the active epoch has passed. */
export async function closeEpoch(
  ports: SendPorts,
  request: EpochRequest,
  options: VenueOptions = {},
): Promise<OperationOutcome> {
  const { pins, signer } = request;
  const pdas = restakingPdas(pins.programId);
  const config = await readAccount(ports.rpc, pins.programId, 'Config', pdas.config);
  const active = config?.activeEpoch ?? undefined;
  if (active === undefined)
    return notDone('EPOCH_NOT_READY', { index: request.index, gate: 'active', detail: 'no epoch is active' });
  const other = otherIndex(request, active);
  if (other) return other;
  const epoch = await readAccount(ports.rpc, pins.programId, 'Epoch', pdas.epoch(active));
  const { unixTimestamp } = await ports.rpc.clock();
  const closesAt = epoch?.terms.closesAt ?? null;
  if (closesAt === null || unixTimestamp < closesAt) {
    const detail =
      closesAt === null ? 'it has no end; a SIP ends it' : `its window closes at ${renderTime(closesAt)}`;
    return notDone('EPOCH_NOT_READY', { index: active, gate: 'window passed', detail });
  }
  const instructions = [
    buildInstruction('close_epoch', pins.programId, { config: pdas.config, epoch: pdas.epoch(active) }),
  ];
  return sendOperation(
    ports,
    { pins, signer, instructions, describe: `close restaking epoch ${active}` },
    options,
  );
}

function otherIndex(request: EpochRequest, due: number | undefined): NotDone | undefined {
  if (request.index === undefined || due === undefined || request.index === due) return undefined;
  return notDone('EPOCH_NOT_READY', {
    index: request.index,
    gate: 'order',
    detail: `epoch ${due} comes first`,
  });
}

async function nextEpoch(reader: ChainReader, pins: Pins) {
  const pdas = restakingPdas(pins.programId);
  const config = await readAccount(reader, pins.programId, 'Config', pdas.config);
  const { unixTimestamp: now } = await reader.clock();
  if (!config) return { config, epoch: undefined, now };
  const epoch = await readAccount(reader, pins.programId, 'Epoch', pdas.epoch(config.nextActivation));
  return { config, epoch, now };
}
