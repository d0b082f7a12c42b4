import { beforeEach, describe, expect, it } from 'vitest';
import type { EpochTerms } from '#governance/restaking/accounts.ts';
import { active, scheduled, termsFrom, whitelisted } from './support/epochs.ts';
import { amendEpoch, endEpoch, scheduleEpoch, setEpochCap, setPoolStatus } from './support/instructions.ts';
import { DAY, pdas, succeeded, World } from './support/world.ts';

/** amend_epoch and set_epoch_cap. */

let w: World;
beforeEach(() => {
  w = new World();
});

const epoch = (index: number) => {
  const found = w.chain.read('Epoch', pdas.epoch(index));
  if (!found) throw new Error(`no epoch ${index}`);
  return found;
};
const amend = (index: number, changed: Partial<EpochTerms>) =>
  w.bySip(amendEpoch(w, index, { ...epoch(index).terms, ...changed }));

describe('amend_epoch', () => {
  it('changes every term of a scheduled epoch, and nothing of the configuration', () => {
    const index = scheduled(w);
    const [before, old] = [w.config, epoch(index)];
    const terms = termsFrom(w, { access: 'invite-only', withdrawals: true, closesAt: null });
    const outcome = succeeded(w.bySip(amendEpoch(w, index, terms)));
    expect(epoch(index)).toEqual({ ...old, terms, sip: 3 });
    expect(w.config).toEqual(before);
    expect(outcome.events[1]).toEqual({
      name: 'EpochAmended',
      data: { sip: 3, index, old: old.terms, new: terms },
    });
  });

  it('wants a valid window of a scheduled epoch', () => {
    const index = scheduled(w);
    const { opensAt } = epoch(index).terms;
    expect(amend(index, { closesAt: opensAt }).error).toBe('EpochWindowInvalid');
    expect(amend(index, { opensAt: 0n }).error).toBe('EpochWindowInvalid');
    expect(amend(index, { opensAt: 5n, closesAt: w.chain.now }).error).toBe('EpochWindowInvalid');
  });

  it('moves an active epoch’s closing and opens withdrawals, at once', () => {
    const index = active(w);
    const before = w.config;
    const closesAt = w.chain.now + 2n * DAY;
    const outcome = amend(index, { closesAt, withdrawals: true });
    expect(outcome.error).toBe('');
    expect(epoch(index)).toMatchObject({ status: 'active', terms: { closesAt, withdrawals: true }, sip: 3 });
    expect(w.config).toEqual({ ...before, withdrawalsOpen: true, sip: 3 });
    expect(amend(index, { closesAt: null }).error).toBe('');
  });

  it('leaves an active epoch’s opening, access and open withdrawals alone', () => {
    const index = active(w, [], { withdrawals: true });
    const { opensAt } = epoch(index).terms;
    for (const changed of [
      { opensAt: opensAt + 1n },
      { access: 'invite-only' as const },
      { withdrawals: false },
    ])
      expect(amend(index, changed).error).toBe('EpochStateInvalid');
    expect(amend(index, { closesAt: w.chain.now }).error).toBe('EpochWindowInvalid');
  });

  it('does not open an active epoch again whose window has passed', () => {
    const index = active(w, [], { closesAt: w.chain.now + 2n * DAY });
    w.chain.advance(2n * DAY);
    expect(amend(index, { closesAt: w.chain.now + DAY }).error).toBe('EpochStateInvalid');
  });

  it('leaves a closed epoch alone', () => {
    const index = active(w);
    w.done(endEpoch(w, index));
    expect(amend(index, { closesAt: null }).error).toBe('EpochStateInvalid');
  });

  it('keeps the caps of the schedule', () => {
    const lst = whitelisted(w);
    const index = scheduled(w, [lst]);
    w.done(amendEpoch(w, index, termsFrom(w)));
    const { scheduledBy } = epoch(index);
    expect(w.chain.read('EpochCap', pdas.epochCap(index, lst.pool))).toMatchObject({ scheduledBy });
  });
});

describe('set_epoch_cap', () => {
  it('creates the cap, the vault paying, and changes it later without touching what came in', () => {
    const lst = whitelisted(w);
    const index = scheduled(w);
    const cap = pdas.epochCap(index, lst.pool);
    w.chain.prefund(cap, 1n);
    const first = succeeded(w.bySip(setEpochCap(w, index, lst, 100n)));
    const state = { index, pool: lst.pool, cap: 100n, filled: 0n, scheduledBy: 3, sip: 4 };
    expect(w.chain.read('EpochCap', cap)).toMatchObject(state);
    const told = { sip: 4, index, pool: lst.pool, old: null, new: 100n };
    expect(first.events[1]).toEqual({ name: 'EpochCapSet', data: told });
    const second = succeeded(w.bySip(setEpochCap(w, index, lst, 50n)));
    expect(w.chain.read('EpochCap', cap)).toMatchObject({ ...state, cap: 50n, sip: 5 });
    expect(second.events[1]).toMatchObject({ data: { old: 100n, new: 50n } });
  });

  it('works beside the schedule in one SIP and in an active epoch', () => {
    const lst = whitelisted(w);
    w.done(scheduleEpoch(w, 0, termsFrom(w)), setEpochCap(w, 0, lst, 2n ** 64n - 1n));
    expect(w.chain.read('EpochCap', pdas.epochCap(0, lst.pool))).toMatchObject({ cap: 2n ** 64n - 1n });
    w = new World();
    const other = whitelisted(w);
    const index = active(w);
    expect(w.bySip(setEpochCap(w, index, other, 1n)).error).toBe('');
  });

  it('wants the pool’s own label, a pool in use, an epoch not over, and their own cap account', () => {
    const lst = whitelisted(w);
    const index = active(w);
    const cap = (label = {}, over = {}) => w.bySip(setEpochCap(w, index, lst, 1n, label, over)).error;
    expect(cap({ symbol: 'mSOL' })).toBe('SymbolMismatch');
    expect(cap({ decimals: 6 })).toBe('DecimalsMismatch');
    const elsewhere = pdas.epochCap(index + 1, lst.pool);
    expect(cap({}, { epochCap: elsewhere })).toBe('anchor:ConstraintSeeds');
    w.done(setPoolStatus(w, lst, 'retired'));
    expect(cap()).toBe('PoolRetired');
    w.done(setPoolStatus(w, lst, 'deposits-closed'));
    expect(cap()).toBe('');
    w.done(endEpoch(w, index));
    expect(cap()).toBe('EpochStateInvalid');
  });

  it('wants an epoch that is scheduled', () => {
    const lst = whitelisted(w);
    expect(w.bySip(setEpochCap(w, 0, lst, 1n)).error).toBe('anchor:AccountNotInitialized');
  });
});
