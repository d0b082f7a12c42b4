import { type CheckContext, type Expectation, error, type Finding, warning } from '../actions/action.ts';
import { actionOf } from '../actions/registry.ts';
import { keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import { buildContext } from '../plan/context.ts';
import { sipLibrary } from '../proposals/library.ts';
import type { AccountType, AccountTypes } from '../restaking/accounts.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import { ACCOUNT_BYTES } from '../restaking/sizes.ts';
import type { Sip } from '../sip/document.ts';
import { renderTime } from '../times.ts';
import type { Address, Pins } from '../types.ts';
import { checkRates } from './check-rates.ts';
import { type EpochView, viewEpochs } from './epochs.ts';
import { readSnapshot, type Snapshot, trackSip } from './track.ts';

export interface CheckFinding extends Finding {
  /** Position of the action in the block, from 1; null where the whole SIP is meant. */
  readonly action: number | null;
}

export interface CheckReport {
  /** No finding of level error. */
  readonly ok: boolean;
  readonly findings: readonly CheckFinding[];
  /** What the vault pays as rent when the SIP is executed: an upper bound, as if every account were new. */
  readonly rentLamports: bigint;
  readonly vaultLamports: bigint;
}

/**
 * Facts from chain before proposing: what would make the execution fail, and what reviewers should know.
 * @throws SipError of the reader, NOT_A_COUNCIL, SIP_TOO_LARGE.
 */
export async function checkSip(reader: ChainReader, pins: Pins, sip: Sip): Promise<CheckReport> {
  const snapshot = await readSnapshot(reader, pins, sipLibrary([sip]));
  const overlay = new Overlay(snapshot, pins);
  const perAction = await checkActions(reader, pins, sip, snapshot, overlay);
  const { accounts } = await reader.getAccounts([keyOf(pins.vault)]);
  const vaultLamports = accounts[0]?.lamports ?? 0n;
  const rentLamports = await rentOf(reader, sip);
  const whole = [
    ...checkProgram(snapshot, pins),
    ...checkMoment(snapshot, sip),
    ...checkStanding(snapshot, pins, sip),
    ...checkVault(vaultLamports, rentLamports),
    ...checkCaps(snapshot, pins, overlay),
    ...(await checkRates(reader, sip)),
  ].map((finding) => ({ ...finding, action: null }));
  const findings = [...whole, ...perAction];
  return { ok: findings.every(({ level }) => level !== 'error'), findings, rentLamports, vaultLamports };
}

/** Accounts as earlier actions of the same SIP will leave them, over the chain's. */
class Overlay {
  private readonly planned = new Map<Address, Expectation>();
  constructor(
    private readonly snapshot: Snapshot,
    readonly pins: Pins,
  ) {}

  add(expectation: Expectation): void {
    const known = this.planned.get(expectation.account);
    const fields = expectation.fields === null ? null : { ...known?.fields, ...expectation.fields };
    this.planned.set(expectation.account, { ...expectation, fields });
  }

  view<T extends AccountType>(type: T, address: Address): AccountTypes[T] | undefined {
    const found = this.snapshot.state.accounts[type].get(address);
    const planned = this.planned.get(address);
    if (planned?.type !== type) return found;
    if (planned.fields === null) return undefined;
    const value = structuredClone(found ?? {}) as Record<string, unknown>;
    for (const [path, field] of Object.entries(planned.fields)) setAt(value, path.split('.'), field);
    return value as unknown as AccountTypes[T];
  }

  plannedAccounts(type: AccountType): readonly Address[] {
    return [...this.planned.values()].filter((one) => one.type === type).map(({ account }) => account);
  }
}

function setAt(target: Record<string, unknown>, [head, ...rest]: readonly string[], value: unknown): void {
  if (head === undefined) return;
  if (rest.length === 0) target[head] = value;
  else {
    target[head] ??= {};
    setAt(target[head] as Record<string, unknown>, rest, value);
  }
}

async function checkActions(
  reader: ChainReader,
  pins: Pins,
  sip: Sip,
  snapshot: Snapshot,
  overlay: Overlay,
): Promise<readonly CheckFinding[]> {
  const build = buildContext(pins, { number: sip.header.sip, digest: sip.digest });
  const context: CheckContext = {
    ...build,
    reader,
    now: snapshot.scan.now,
    view: overlay.view.bind(overlay),
  };
  const findings: CheckFinding[] = [];
  for (const [at, action] of sip.actions.entries()) {
    const module = actionOf(action.kind);
    if (!module) continue;
    for (const finding of await module.check(action.params, context))
      findings.push({ ...finding, action: at + 1 });
    for (const expectation of module.expect(action.params, build)) overlay.add(expectation);
  }
  return findings;
}

function checkProgram({ scan, state }: Snapshot, pins: Pins): readonly Finding[] {
  const { config } = state;
  if (!config) {
    return [
      error(
        'program-not-initialized',
        `the program ${pins.programId} is not initialized on this cluster`,
        'Set it up with "sip setup", or correct the profile.',
      ),
    ];
  }
  const findings: Finding[] = [];
  if (config.authority !== pins.vault) {
    findings.push(
      error(
        'not-the-authority',
        `the program's authority is ${config.authority}, not this council's vault ${pins.vault}`,
        'Correct the profile’s council.',
      ),
    );
  }
  const { threshold, timeLockSeconds } = scan.council;
  const { minThreshold, minTimeLock } = config.guard.floors;
  if (threshold < minThreshold) {
    findings.push(
      error(
        'threshold-below-floor',
        `the council's threshold ${threshold} is below the program's floor ${minThreshold}`,
        'No SIP takes effect until the council raises it.',
      ),
    );
  }
  if (timeLockSeconds < minTimeLock) {
    findings.push(
      error(
        'time-lock-below-floor',
        `the council's time lock of ${timeLockSeconds} s is below the program's floor of ${minTimeLock} s`,
        'No SIP takes effect until the council raises it.',
      ),
    );
  }
  if (scan.council.configAuthority !== null) {
    findings.push(
      error(
        'council-controlled',
        `the key ${scan.council.configAuthority} can change the council without a vote`,
        'No SIP takes effect until the council removes it.',
      ),
    );
  }
  return findings;
}

function checkMoment({ scan }: Snapshot, sip: Sip): readonly Finding[] {
  const left = sip.validUntil - scan.now;
  const until = renderTime(sip.validUntil);
  if (left < 0n)
    return [
      error(
        'expired',
        `valid-until (${until}) has passed on chain`,
        'Give the SIP a new valid-until; its digest changes with it.',
      ),
    ];
  if (left < BigInt(scan.council.timeLockSeconds)) {
    return [
      error(
        'expires-in-time-lock',
        `valid-until (${until}) lies within the council's time lock: it could never be executed`,
        'Give the SIP a later valid-until.',
      ),
    ];
  }
  return [];
}

function checkStanding(snapshot: Snapshot, pins: Pins, sip: Sip): readonly Finding[] {
  const { record, impostors, status } = trackSip(snapshot, pins, sip);
  const findings: Finding[] = impostors.map(({ transactionIndex, verification }) =>
    warning(
      'impostor',
      `transaction ${transactionIndex} names this SIP's digest and is not what it says (${verification.verdict})`,
      'Reject it.',
    ),
  );
  if (record && status === 'Void')
    findings.push(
      error('number-enacted', `SIP-${sip.header.sip} was enacted with another text`, 'Take another number.'),
    );
  else if (record && record.part >= record.parts)
    findings.push(
      error('already-enacted', `SIP-${sip.header.sip} has been executed`, 'A further change is a new SIP.'),
    );
  return findings;
}

async function rentOf(reader: ChainReader, sip: Sip): Promise<bigint> {
  const lengths = sip.actions.flatMap((action) => actionOf(action.kind)?.creates?.(action.params) ?? []);
  const all = [ACCOUNT_BYTES.SipRecord, ...lengths];
  const rents = new Map<number, bigint>();
  for (const length of new Set(all)) rents.set(length, await reader.minimumBalanceLamports(length));
  return all.reduce((sum, length) => sum + (rents.get(length) ?? 0n), 0n);
}

function checkVault(vaultLamports: bigint, rentLamports: bigint): readonly Finding[] {
  if (vaultLamports >= rentLamports) return [];
  const message = `the vault holds ${vaultLamports} lamports and will need up to ${rentLamports} for the accounts the SIP makes`;
  return [error('vault-too-poor', message, 'Send SOL to the vault before the SIP is executed.')];
}

/** A whitelisted pool without a cap in the running or the next epoch takes no deposits there. */
function checkCaps(snapshot: Snapshot, pins: Pins, overlay: Overlay): readonly Finding[] {
  const { config } = snapshot.state;
  const pdas = restakingPdas(pins.programId);
  const views: readonly EpochView[] = viewEpochs(snapshot, pins, sipLibrary([]));
  const next = config ? [config.activeEpoch, config.nextActivation] : [];
  const pools = new Set([
    ...snapshot.state.accounts.RestakingPool.keys(),
    ...overlay.plannedAccounts('RestakingPool'),
  ]);
  const indexes = new Set([
    ...views.map(({ index }) => index),
    ...overlay.plannedAccounts('Epoch').flatMap((address) => overlay.view('Epoch', address)?.index ?? []),
  ]);
  return [...indexes]
    .filter((index) => next.includes(index))
    .flatMap((index) => {
      const epoch = overlay.view('Epoch', pdas.epoch(index));
      const missing = [...pools].flatMap((address) => {
        const pool = overlay.view('RestakingPool', address);
        const cap = overlay.view('EpochCap', pdas.epochCap(index, address));
        const stale =
          cap?.scheduledBy !== undefined && epoch !== undefined && cap.scheduledBy !== epoch.scheduledBy;
        return pool?.status === 'open' && (!cap || stale) ? [pool.symbol] : [];
      });
      if (missing.length === 0 || epoch?.status === 'closed') return [];
      return [
        warning(
          'pool-without-cap',
          `${missing.join(', ')} will take no deposits in epoch ${index}: there is no cap for it`,
          'Add a cap with set-epoch-cap if it should.',
        ),
      ];
    });
}
