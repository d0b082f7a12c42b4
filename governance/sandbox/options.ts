import { SipError } from '#governance/errors.ts';
import { type NetworkHost, startHost } from './host.ts';
import type { ProgramBinary } from './programs.ts';
import type { SeedAccount } from './seed-account.ts';

export interface SandboxOptions {
  /** The console's data folder; everything goes to <dataDir>/sandbox/<name>/. */
  readonly dataDir: string;
  readonly name?: string;
  /** May be a promise: it is awaited while the network's process starts. */
  readonly programs: readonly ProgramBinary[] | Promise<readonly ProgramBinary[]>;
  /** Voters; one seat that may only initiate is added. */
  readonly members?: number;
  readonly threshold?: number;
  readonly timeLockSeconds?: number;
  /** 50 for flows; 400 where a person signs, within 150 slots, and where Solana epochs matter (432,000 slots each). */
  readonly slotMs?: number;
  /** Written in addition, for instance wallets of keys that a test brings along. */
  readonly accounts?: readonly SeedAccount[];
  /** For how long one of the same name that is ending is waited for; not at all where left out. */
  readonly lockWaitMs?: number;
  /** Spawns the network's process; by child_process where left out. */
  readonly startHost?: (slotMs: number) => Promise<NetworkHost>;
}

export type ResolvedOptions = Required<SandboxOptions>;

/** One transaction creates the council: 1,232 bytes hold no more. */
const MAX_MEMBERS = 20;
/** Squads' own bound: three months. */
const MAX_TIME_LOCK_SECONDS = 90 * 24 * 60 * 60;

/** Fills in the defaults. @throws SipError USAGE for values that no council can have */
export function resolveOptions({
  name = 'default',
  members = 5,
  threshold = Math.min(3, members),
  timeLockSeconds = 600,
  slotMs = 50,
  accounts = [],
  lockWaitMs = 0,
  startHost: spawnHost = startHost,
  ...given
}: SandboxOptions): ResolvedOptions {
  requireBetween('--members', members, 1, MAX_MEMBERS);
  requireBetween('--threshold', threshold, 1, members);
  requireBetween('--time-lock', timeLockSeconds, 0, MAX_TIME_LOCK_SECONDS);
  requireBetween('the slot time in milliseconds', slotMs, 10, 1_000);
  return {
    ...given,
    name,
    members,
    threshold,
    timeLockSeconds,
    slotMs,
    accounts,
    lockWaitMs,
    startHost: spawnHost,
  };
}

function requireBetween(what: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new SipError('USAGE', { detail: `${what} is ${value}, not a whole number from ${min} to ${max}` });
}
