import { beforeEach, describe, expect, it } from 'vitest';
import { activate, active, scheduled, toOpening } from './support/epochs.ts';
import { activateEpoch, closeEpoch, endEpoch, setRoles } from './support/instructions.ts';
import { addressOf, DAY, NO_KEY, pdas, succeeded, World } from './support/world.ts';

/** activate_epoch, close_epoch, end_epoch. */

let w: World;
beforeEach(() => {
  w = new World();
});

const close = (index: number) => w.chain.send([closeEpoch(index)], [w.outsider]);
const status = (index: number) => w.chain.read('Epoch', pdas.epoch(index))?.status;

describe('activate_epoch', () => {
  it('sets the epoch and the configuration, and tells who and when', () => {
    const index = scheduled(w, [], { withdrawals: true });
    toOpening(w);
    const before = w.config;
    const outcome = succeeded(activate(w));
    const [by, at] = [addressOf(w.epochAdmin.publicKey), w.chain.now];
    expect(w.chain.read('Epoch', pdas.epoch(index))).toMatchObject({
      status: 'active',
      activatedAt: at,
      activatedBy: by,
      closedAt: 0n,
    });
    expect(w.config).toEqual({ ...before, activeEpoch: index, nextActivation: 1, withdrawalsOpen: true });
    const told = { index, by, at, scheduledBy: 2, oldWithdrawalsOpen: false, newWithdrawalsOpen: true };
    expect(outcome.events).toEqual([{ name: 'EpochActivated', data: told }]);
  });

  it('is the epoch admin’s alone, also against the council', () => {
    const index = scheduled(w);
    toOpening(w);
    const outsider = addressOf(w.outsider.publicKey);
    expect(w.chain.send([activateEpoch(outsider, index)], [w.outsider]).error).toBe('NotEpochAdmin');
    expect(w.council.run([activateEpoch(w.council.vaultAddress, index)]).error).toBe('NotEpochAdmin');
    w.done(setRoles(w, { epochAdmin: NO_KEY, guardian: NO_KEY, gatekeeper: NO_KEY }));
    expect(activate(w).error).toBe('NotEpochAdmin');
  });

  it('keeps to the window, to the second', () => {
    const opensAt = w.chain.now + 10_000n;
    scheduled(w, [], { opensAt, closesAt: opensAt + 100n });
    w.chain.advance(opensAt - 1n - w.chain.now);
    expect(activate(w).error).toBe('EpochNotOpen');
    w.chain.advance(101);
    expect(activate(w).error).toBe('EpochWindowPassed');
    w.chain.advance(-1);
    expect(activate(w).error).toBe('');
  });

  it('begins with the first second of the window', () => {
    const opensAt = w.chain.now + 10_000n;
    scheduled(w, [], { opensAt, closesAt: opensAt + 100n });
    w.chain.advance(opensAt - w.chain.now);
    expect(activate(w).error).toBe('');
  });

  it('goes by index, one at a time, each once', () => {
    const first = active(w);
    const second = scheduled(w, [], { opensAt: w.chain.now });
    expect(activate(w).error).toBe('AnotherEpochActive');
    w.done(endEpoch(w, first));
    const admin = addressOf(w.epochAdmin.publicKey);
    for (const index of [first, second + 1])
      expect(w.chain.send([activateEpoch(admin, index)], [w.epochAdmin]).error).toMatch(
        /anchor:(ConstraintSeeds|AccountNotInitialized)/,
      );
    expect(activate(w).error).toBe('');
    expect(w.config).toMatchObject({ activeEpoch: second, nextActivation: 2 });
  });

  it('needs a schedule', () => {
    expect(activate(w).error).toBe('anchor:AccountNotInitialized');
  });
});

describe('close_epoch', () => {
  it('is open to anyone from closes_at on', () => {
    const closesAt = w.chain.now + 2n * DAY;
    const index = active(w, [], { closesAt });
    w.chain.advance(closesAt - 1n - w.chain.now);
    expect(close(index).error).toBe('EpochStillOpen');
    w.chain.advance(1);
    const before = w.config;
    const outcome = succeeded(close(index));
    expect(w.chain.read('Epoch', pdas.epoch(index))).toMatchObject({ status: 'closed', closedAt: closesAt });
    expect(w.config).toEqual({ ...before, activeEpoch: null });
    expect(outcome.events).toEqual([{ name: 'EpochClosed', data: { sip: 0, index, at: closesAt } }]);
    expect(close(index).error).toBe('EpochStateInvalid');
  });

  it('never closes an epoch without an end, nor one that is only scheduled', () => {
    const index = active(w, [], { closesAt: null });
    w.chain.advance(1_000n * DAY);
    expect(close(index).error).toBe('EpochStillOpen');
    w = new World();
    const waiting = scheduled(w, [], { closesAt: w.chain.now + 2n * DAY });
    w.chain.advance(3n * DAY);
    expect(close(waiting).error).toBe('EpochStateInvalid');
  });

  it('does not end the active epoch by another’s account', () => {
    const passed = active(w, [], { closesAt: w.chain.now + 2n * DAY });
    w.done(endEpoch(w, passed));
    w.chain.advance(DAY);
    const next = active(w);
    expect(close(passed).error).toBe('EpochStateInvalid');
    expect(w.config.activeEpoch).toBe(next);
  });
});

describe('end_epoch', () => {
  it('closes the active epoch at once, by SIP', () => {
    const index = active(w, [], { closesAt: null });
    const before = w.config;
    const outcome = succeeded(w.bySip(endEpoch(w, index)));
    const at = w.chain.now;
    expect(w.chain.read('Epoch', pdas.epoch(index))).toMatchObject({
      status: 'closed',
      closedAt: at,
      sip: 3,
    });
    expect(w.config).toEqual({ ...before, activeEpoch: null, sip: 3 });
    expect(outcome.events[1]).toEqual({ name: 'EpochClosed', data: { sip: 3, index, at } });
    expect(w.bySip(endEpoch(w, index)).error).toBe('EpochStateInvalid');
  });

  it('ends nothing that is not active', () => {
    const index = scheduled(w);
    expect(w.bySip(endEpoch(w, index)).error).toBe('EpochStateInvalid');
    expect(status(index)).toBe('scheduled');
  });
});

describe('withdrawals_open', () => {
  it('is what the last activated epoch says, and outlives its closing', () => {
    const first = active(w, [], { withdrawals: true });
    w.done(endEpoch(w, first));
    expect(w.config.withdrawalsOpen).toBe(true);
    scheduled(w, [], { opensAt: w.chain.now });
    expect(w.config.withdrawalsOpen).toBe(true);
    succeeded(activate(w));
    expect(w.config.withdrawalsOpen).toBe(false);
  });
});
