import type { EpochTerms } from '#governance/restaking/accounts.ts';
import { TOKEN_ERROR } from '#test/program/support/token.ts';
import {
  capKey,
  copyOf,
  depositedIn,
  FLOOR_THRESHOLD,
  FLOOR_TIME_LOCK,
  hasPassed,
  isCoolingDown,
  isPaused,
  type Model,
} from './state.ts';
import type { Action, Step } from './steps.ts';

/** Anchor's for an account that is not there. */
const ABSENT = 'anchor:AccountNotInitialized';

const windowInvalid = ({ opensAt, closesAt }: EpochTerms, now: bigint): boolean =>
  opensAt <= 0n || (closesAt !== null && (closesAt <= opensAt || closesAt <= now));

/** The error that is due of one action, having changed the model where there is none. */
function act(m: Model, action: Action, sip: number): string {
  switch (action.kind) {
    case 'schedule':
      if (action.index !== m.nextEpoch) return 'EpochOutOfOrder';
      if (windowInvalid(action.terms, m.now)) return 'EpochWindowInvalid';
      m.epochs.set(action.index, { terms: action.terms, status: 'scheduled', scheduledBy: sip });
      m.nextEpoch += 1;
      return '';
    case 'amend': {
      const epoch = m.epochs.get(action.index);
      if (!epoch) return ABSENT;
      const { terms } = action;
      if (windowInvalid(terms, m.now)) return 'EpochWindowInvalid';
      if (epoch.status === 'closed') return 'EpochStateInvalid';
      if (epoch.status === 'active') {
        const old = epoch.terms;
        if (terms.opensAt !== old.opensAt || terms.access !== old.access) return 'EpochStateInvalid';
        if (old.withdrawals && !terms.withdrawals) return 'EpochStateInvalid';
        if (hasPassed(old, m.now)) return 'EpochStateInvalid';
        m.withdrawals = terms.withdrawals;
      }
      epoch.terms = terms;
      return '';
    }
    case 'cancel': {
      const epoch = m.epochs.get(action.index);
      if (!epoch) return ABSENT;
      if (epoch.status !== 'scheduled') return 'EpochStateInvalid';
      if (action.index !== m.nextEpoch - 1) return 'EpochNotLast';
      m.epochs.delete(action.index);
      m.nextEpoch = action.index;
      return '';
    }
    case 'end': {
      const epoch = m.epochs.get(action.index);
      if (!epoch) return ABSENT;
      if (epoch.status !== 'active') return 'EpochStateInvalid';
      epoch.status = 'closed';
      m.active = null;
      return '';
    }
    case 'epoch-cap': {
      const epoch = m.epochs.get(action.index);
      if (!epoch) return ABSENT;
      if (epoch.status === 'closed') return 'EpochStateInvalid';
      if (m.pools[action.pool]?.status === 'retired') return 'PoolRetired';
      const key = capKey(action.index, action.pool);
      const old = m.caps.get(key);
      // Of a cancelled schedule: as if it were not there.
      const filled = old?.scheduledBy === epoch.scheduledBy ? old.filled : 0n;
      m.caps.set(key, { cap: action.cap, filled, scheduledBy: epoch.scheduledBy });
      return '';
    }
    case 'pool-cap': {
      const pool = m.pools[action.pool];
      if (!pool) return ABSENT;
      if (pool.status === 'retired') return 'PoolRetired';
      if (pool.cap === action.cap) return 'NothingChanges';
      pool.cap = action.cap;
      return '';
    }
    case 'pool-status': {
      const pool = m.pools[action.pool];
      if (!pool) return ABSENT;
      if (pool.status === action.status) return 'NothingChanges';
      pool.status = action.status;
      return '';
    }
    case 'transferable': {
      const pool = m.pools[action.pool];
      if (!pool) return ABSENT;
      if (pool.transferable) return 'ReceiptsAlreadyTransferable';
      pool.transferable = true;
      return '';
    }
    case 'pause':
      if (m.pause === 'council') return 'AlreadyPaused';
      m.pause = 'council';
      return '';
    case 'unpause':
      if (!isPaused(m)) return 'NotPaused';
      m.pause = 'off';
      return '';
    case 'roles':
      m.roles = {
        epochAdmin: action.epochAdmin,
        guardian: action.guardian,
        gatekeeper: action.gatekeeper,
      };
      return '';
  }
}

/** All actions of a SIP or none; the council's state is looked at first. */
function enact(m: Model, actions: readonly Action[], sip: number): string {
  m.now += BigInt(m.timeLock);
  if (m.threshold < FLOOR_THRESHOLD) return 'ThresholdTooLow';
  if (m.timeLock < FLOOR_TIME_LOCK) return 'TimeLockTooLow';
  const next = copyOf(m);
  for (const action of actions) {
    const error = act(next, action, sip);
    if (error !== '') return error;
  }
  Object.assign(m, next);
  return '';
}

function restake(m: Model, step: Extract<Step, { kind: 'restake' }>): string {
  const { who, pool: at, index, amount, gatekeeper } = step;
  const epoch = m.epochs.get(index);
  const cap = m.caps.get(capKey(index, at));
  const pool = m.pools[at];
  const held = m.held[at]?.[who];
  if (!epoch || !cap || !pool || !held) return ABSENT;
  if (amount === 0n) return 'AmountZero';
  if (isPaused(m)) return 'Paused';
  if (m.active !== index) return 'NoActiveEpoch';
  if (hasPassed(epoch.terms, m.now)) return 'EpochWindowPassed';
  if (cap.scheduledBy !== epoch.scheduledBy) return 'PoolNotInEpoch';
  if (epoch.terms.access === 'invite-only' && gatekeeper !== m.roles.gatekeeper) return 'GatekeeperMissing';
  if (pool.status !== 'open') return 'PoolClosed';
  if (depositedIn(m, at) + amount > pool.cap) return 'PoolCapExceeded';
  if (cap.filled + amount > cap.cap) return 'EpochCapExceeded';
  if (amount > held.wallet) return TOKEN_ERROR.insufficientFunds;
  cap.filled += amount;
  held.wallet -= amount;
  held.receipts += amount;
  held.frozen = held.frozen || !pool.transferable;
  held.known = true;
  return '';
}

function unrestake(m: Model, { who, pool: at, amount }: Extract<Step, { kind: 'unrestake' }>): string {
  const pool = m.pools[at];
  const held = m.held[at]?.[who];
  if (!pool || !held?.known) return ABSENT;
  if (amount === 0n) return 'AmountZero';
  if (!m.withdrawals && pool.status !== 'retired') return 'WithdrawalsClosed';
  if (amount > held.receipts) return TOKEN_ERROR.insufficientFunds;
  held.receipts -= amount;
  held.wallet += amount;
  held.frozen = !pool.transferable;
  return '';
}

/**
 * The error that is due, having changed the model where there is none.
 * @param sip number of the SIP, where it is one
 */
export function predict(m: Model, step: Step, sip: number): string {
  switch (step.kind) {
    case 'sip':
      return enact(m, step.actions, sip);
    case 'sip too early':
      return m.timeLock === 0 ? enact(m, step.actions, sip) : 'squads:TimeLockNotReleased';
    case 'executed again':
      return 'squads:InvalidProposalStatus';
    case 'number again':
      m.now += BigInt(m.timeLock);
      if (m.threshold < FLOOR_THRESHOLD) return 'ThresholdTooLow';
      return m.timeLock < FLOOR_TIME_LOCK ? 'TimeLockTooLow' : 'SipPartOutOfOrder';
    case 'council':
      m.now += BigInt(m.timeLock);
      m.threshold = step.threshold;
      m.timeLock = step.timeLock;
      return '';
    case 'wait':
      m.now += step.seconds;
      return '';
    case 'activate': {
      const epoch = m.epochs.get(step.index);
      if (!epoch) return ABSENT;
      if (step.by !== m.roles.epochAdmin) return 'NotEpochAdmin';
      if (step.index !== m.nextActivation) return 'anchor:ConstraintSeeds';
      if (isPaused(m)) return 'Paused';
      if (m.active !== null) return 'AnotherEpochActive';
      if (m.now < epoch.terms.opensAt) return 'EpochNotOpen';
      if (hasPassed(epoch.terms, m.now)) return 'EpochWindowPassed';
      epoch.status = 'active';
      m.active = step.index;
      m.nextActivation += 1;
      m.withdrawals = epoch.terms.withdrawals;
      return '';
    }
    case 'close': {
      const epoch = m.epochs.get(step.index);
      if (!epoch) return ABSENT;
      if (!hasPassed(epoch.terms, m.now)) return 'EpochStillOpen';
      if (epoch.status !== 'active') return 'EpochStateInvalid';
      epoch.status = 'closed';
      m.active = null;
      return '';
    }
    case 'guardian pause':
      if (step.by !== m.roles.guardian) return 'NotGuardian';
      if (isPaused(m)) return 'AlreadyPaused';
      if (isCoolingDown(m)) return 'GuardianCoolingDown';
      m.pause = 'guardian';
      m.guardianPausedAt = m.now;
      return '';
    case 'restake':
      return restake(m, step);
    case 'unrestake':
      return unrestake(m, step);
    case 'thaw': {
      const held = m.held[step.pool]?.[step.who];
      if (!held?.known) return ABSENT;
      if (!m.pools[step.pool]?.transferable) return 'ReceiptsNotTransferable';
      held.frozen = false;
      return '';
    }
  }
}
