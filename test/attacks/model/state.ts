import type { EpochTerms } from '#governance/restaking/accounts.ts';

/** The restaking protocol in plain arithmetic, written from the design and not from the program. */

export type PoolStatus = 'open' | 'deposits-closed' | 'retired';
/** Which of the two keys of a role; the other one is a stranger's. */
export type Key = 0 | 1;

export interface ModelEpoch {
  terms: EpochTerms;
  status: 'scheduled' | 'active' | 'closed';
  scheduledBy: number;
}
export interface ModelCap {
  cap: bigint;
  filled: bigint;
  scheduledBy: number;
}
export interface ModelPool {
  status: PoolStatus;
  transferable: boolean;
  cap: bigint;
}
/** One owner's receipts of one pool. */
export interface Held {
  wallet: bigint;
  receipts: bigint;
  frozen: boolean;
  /** The receipt account is there: the first deposit makes it. */
  known: boolean;
}

export interface Model {
  now: bigint;
  threshold: number;
  timeLock: number;
  roles: { epochAdmin: Key; guardian: Key; gatekeeper: Key };
  pause: 'off' | 'guardian' | 'council';
  guardianPausedAt: bigint | null;
  nextEpoch: number;
  nextActivation: number;
  active: number | null;
  withdrawals: boolean;
  pools: ModelPool[];
  epochs: Map<number, ModelEpoch>;
  /** By `index/pool`. */
  caps: Map<string, ModelCap>;
  /** By pool, then by owner. */
  held: Held[][];
}

export const FLOOR_THRESHOLD = 2;
export const FLOOR_TIME_LOCK = 300;
const DAY = 86_400n;
export const GUARDIAN_PAUSE = 7n * DAY;
export const GUARDIAN_COOL_DOWN = 14n * DAY;

export const capKey = (index: number, pool: number): string => `${index}/${pool}`;
export const depositedIn = (model: Model, pool: number): bigint =>
  (model.held[pool] ?? []).reduce((sum, { receipts }) => sum + receipts, 0n);

export const isPaused = ({ pause, guardianPausedAt, now }: Model): boolean =>
  pause === 'council' ||
  (pause === 'guardian' && guardianPausedAt !== null && now < guardianPausedAt + GUARDIAN_PAUSE);
export const isCoolingDown = ({ guardianPausedAt, now }: Model): boolean =>
  guardianPausedAt !== null && now < guardianPausedAt + GUARDIAN_COOL_DOWN;
export const hasPassed = ({ closesAt }: EpochTerms, now: bigint): boolean =>
  closesAt !== null && now >= closesAt;

export function copyOf(model: Model): Model {
  return structuredClone(model);
}
