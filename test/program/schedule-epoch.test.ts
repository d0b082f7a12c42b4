import { beforeEach, describe, expect, it } from 'vitest';
import { activate, active, scheduled, termsFrom, toOpening, whitelisted } from './support/epochs.ts';
import { amendEpoch, cancelEpoch, endEpoch, scheduleEpoch, setEpochCap } from './support/instructions.ts';
import { DAY, NO_KEY, pdas, succeeded, World } from './support/world.ts';

/** schedule_epoch and cancel_epoch. */

let w: World;
beforeEach(() => {
  w = new World();
});

describe('schedule_epoch', () => {
  it('writes the epoch as the SIP says and moves the next index on', () => {
    const terms = termsFrom(w, { access: 'invite-only', closesAt: null });
    const before = w.config;
    const outcome = succeeded(w.bySip(scheduleEpoch(w, 0, terms)));
    expect(w.chain.read('Epoch', pdas.epoch(0))).toMatchObject({
      index: 0,
      terms,
      status: 'scheduled',
      activatedAt: 0n,
      activatedBy: NO_KEY,
      closedAt: 0n,
      scheduledBy: 2,
      sip: 2,
    });
    expect(w.config).toEqual({ ...before, nextEpoch: 1, sip: 2 });
    expect(outcome.events[1]).toEqual({ name: 'EpochScheduled', data: { sip: 2, index: 0, terms } });
  });

  it('goes by index, without gaps and without repeats', () => {
    expect(w.bySip(scheduleEpoch(w, 1, termsFrom(w))).error).toBe('EpochOutOfOrder');
    expect(scheduled(w)).toBe(0);
    expect(w.bySip(scheduleEpoch(w, 2, termsFrom(w))).error).toBe('EpochOutOfOrder');
    const again = w.bySip(scheduleEpoch(w, 0, termsFrom(w)));
    expect(again.error).toMatch(/:0$/);
    expect([scheduled(w), scheduled(w)]).toEqual([1, 2]);
  });

  it('wants a window that closes after it opens and after now', () => {
    // Every try lets a time lock pass: the bounds are those of its own execution.
    for (const [opens, closes] of [
      [10n, 10n],
      [10n, 9n],
      [-10n, 0n],
    ] as const) {
      const execution = w.chain.now + 600n;
      const terms = { opensAt: execution + opens, closesAt: execution + closes };
      expect(w.enact(2, [scheduleEpoch(w, 0, termsFrom(w, terms))]).error).toBe('EpochWindowInvalid');
    }
    for (const opensAt of [0n, -5n]) {
      const terms = termsFrom(w, { opensAt, closesAt: null });
      expect(w.enact(2, [scheduleEpoch(w, 0, terms)]).error).toBe('EpochWindowInvalid');
    }
  });

  it('may open at once', () => {
    scheduled(w, [], { opensAt: w.chain.now - DAY, closesAt: w.chain.now + DAY });
    expect(activate(w).error).toBe('');
  });

  it('is not blocked by lamports at its address', () => {
    w.chain.prefund(pdas.epoch(0), 1n);
    expect(w.bySip(scheduleEpoch(w, 0, termsFrom(w))).error).toBe('');
  });

  it('does not take another epoch’s address', () => {
    const outcome = w.bySip(scheduleEpoch(w, 0, termsFrom(w), { epoch: pdas.epoch(1) }));
    expect(outcome.error).toBe('anchor:ConstraintSeeds');
  });
});

describe('cancel_epoch', () => {
  it('closes the account, gives the vault its rent back and frees the index', () => {
    const index = scheduled(w);
    const epoch = w.chain.read('Epoch', pdas.epoch(index));
    const before = w.config;
    const vault = () => w.chain.lamports(w.council.vaultAddress);
    const lamports = vault() + w.chain.lamports(pdas.epoch(index));
    const outcome = succeeded(w.bySip(cancelEpoch(w, index)));
    expect(w.chain.account(pdas.epoch(index))).toBeNull();
    expect(w.config).toEqual({ ...before, nextEpoch: index, sip: 3 });
    expect(vault() + w.chain.lamports(pdas.sipRecord(3))).toBe(lamports);
    expect(outcome.events[1]).toEqual({
      name: 'EpochCancelled',
      data: { sip: 3, index, terms: epoch?.terms },
    });
    expect(w.bySip(cancelEpoch(w, index)).error).toBe('anchor:AccountNotInitialized');
  });

  it('takes the last one only', () => {
    scheduled(w);
    scheduled(w);
    expect(w.bySip(cancelEpoch(w, 0)).error).toBe('EpochNotLast');
    succeeded(w.bySip(cancelEpoch(w, 1)));
    succeeded(w.bySip(cancelEpoch(w, 0)));
    expect(w.config.nextEpoch).toBe(0);
  });

  it('takes neither an active nor a closed one', () => {
    const index = active(w);
    expect(w.bySip(cancelEpoch(w, index)).error).toBe('EpochStateInvalid');
    w.done(endEpoch(w, index));
    expect(w.bySip(cancelEpoch(w, index)).error).toBe('EpochStateInvalid');
  });

  it('can be followed by a new schedule of the index in the same SIP', () => {
    const index = scheduled(w);
    const terms = termsFrom(w, { access: 'invite-only' });
    const sip = w.done(cancelEpoch(w, index), scheduleEpoch(w, index, terms));
    expect(w.chain.read('Epoch', pdas.epoch(index))).toMatchObject({ terms, scheduledBy: sip, sip });
    expect(w.config.nextEpoch).toBe(index + 1);
  });

  it('takes an epoch whose window has passed without activation, which amending saves too', () => {
    for (const way of ['cancel', 'amend'] as const) {
      w = new World();
      const index = scheduled(w, [], { closesAt: w.chain.now + 2n * DAY });
      w.chain.advance(3n * DAY);
      expect(activate(w).error).toBe('EpochWindowPassed');
      if (way === 'cancel') {
        w.done(cancelEpoch(w, index), scheduleEpoch(w, index, termsFrom(w)));
      } else {
        w.done(amendEpoch(w, index, termsFrom(w)));
      }
      toOpening(w);
      expect(activate(w).error).toBe('');
    }
  });

  it('leaves caps behind that count as absent and start at 0 when taken over', () => {
    const lst = whitelisted(w);
    const index = scheduled(w, [lst]);
    const cap = pdas.epochCap(index, lst.pool);
    const account = w.chain.account(cap);
    // What came in under the old schedule, had it been possible: u64 `filled` behind index, pool and cap.
    account?.data.set([7], 8 + 2 + 32 + 8);
    w.chain.setAccount(cap, w.pins.programId, account?.data ?? new Uint8Array());
    expect(w.chain.read('EpochCap', cap)).toMatchObject({ filled: 7n });

    w.done(cancelEpoch(w, index));
    const sip = w.done(scheduleEpoch(w, index, termsFrom(w)));
    const outcome = succeeded(w.bySip(setEpochCap(w, index, lst, 40n)));
    expect(w.chain.read('EpochCap', cap)).toMatchObject({ cap: 40n, filled: 0n, scheduledBy: sip });
    expect(outcome.events[1]).toMatchObject({ name: 'EpochCapSet', data: { old: null, new: 40n } });
  });
});
