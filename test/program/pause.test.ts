import { beforeEach, describe, expect, it } from 'vitest';
import { activate, scheduled, toOpening } from './support/epochs.ts';
import { guardianPause, pause, setRoles, unpause } from './support/instructions.ts';
import { addressOf, DAY, NO_KEY, succeeded, World } from './support/world.ts';

/** Two kinds of pause and their ends. Which instructions a pause blocks: pause-table.test.ts. */

let w: World;
beforeEach(() => {
  w = new World();
});

const byGuardian = () => w.chain.send([guardianPause(addressOf(w.guardian.publicKey))], [w.guardian]);

/** Activation is blocked while the protocol is paused, whatever the stored word says. */
function running(): boolean {
  const { error } = activate(w);
  if (error !== '' && error !== 'Paused') throw new Error(error);
  return error === '';
}

function readyEpoch(): void {
  scheduled(w, [], { closesAt: null });
  toOpening(w);
}

describe('guardian_pause', () => {
  it('is the guardian’s alone', () => {
    const instruction = guardianPause(addressOf(w.outsider.publicKey));
    expect(w.chain.send([instruction], [w.outsider]).error).toBe('NotGuardian');
    expect(w.council.run([guardianPause(w.council.vaultAddress)]).error).toBe('NotGuardian');
    const nobody = { epochAdmin: NO_KEY, guardian: NO_KEY, gatekeeper: NO_KEY };
    w.done(setRoles(w, nobody));
    expect(byGuardian().error).toBe('NotGuardian');
  });

  it('is written with its start and told of', () => {
    const before = w.config;
    const outcome = succeeded(byGuardian());
    expect(w.config).toEqual({ ...before, pause: 'guardian', guardianPausedAt: w.chain.now });
    const by = addressOf(w.guardian.publicKey);
    expect(outcome.events).toEqual([
      { name: 'PauseSet', data: { sip: 0, by, old: 'off', new: 'guardian', at: w.chain.now } },
    ]);
  });

  it('ends by itself after 7 days, to the second', () => {
    readyEpoch();
    succeeded(byGuardian());
    w.chain.advance(7n * DAY - 1n);
    expect(running()).toBe(false);
    w.chain.advance(1);
    expect(running()).toBe(true);
  });

  it('is not repeated within 14 days of its start', () => {
    succeeded(byGuardian());
    expect(byGuardian().error).toBe('AlreadyPaused');
    w.chain.advance(7n * DAY);
    expect(byGuardian().error).toBe('GuardianCoolingDown');
    w.chain.advance(7n * DAY - 1n);
    expect(byGuardian().error).toBe('GuardianCoolingDown');
    w.chain.advance(1);
    expect(byGuardian().error).toBe('');
    w.chain.advance(13n * DAY);
    expect(byGuardian().error).toBe('GuardianCoolingDown');
  });

  it('keeps its 14 days when a SIP ends it early, or names another guardian', () => {
    succeeded(byGuardian());
    w.done(unpause(w));
    expect(byGuardian().error).toBe('GuardianCoolingDown');
    const guardian = addressOf(w.outsider.publicKey);
    w.done(setRoles(w, { epochAdmin: NO_KEY, guardian, gatekeeper: NO_KEY }));
    expect(w.chain.send([guardianPause(guardian)], [w.outsider]).error).toBe('GuardianCoolingDown');
  });

  it('does not stand above a SIP’s', () => {
    w.done(pause(w));
    expect(byGuardian().error).toBe('AlreadyPaused');
    expect(w.config.pause).toBe('council');
  });
});

describe('pause and unpause', () => {
  it('pause until a SIP ends it', () => {
    readyEpoch();
    const before = w.config;
    const by = w.council.vaultAddress;
    const outcome = succeeded(w.bySip(pause(w)));
    expect(w.config).toEqual({ ...before, pause: 'council', sip: 3 });
    const at = w.chain.now;
    expect(outcome.events[1]).toEqual({
      name: 'PauseSet',
      data: { sip: 3, by, old: 'off', new: 'council', at },
    });
    w.chain.advance(1_000n * DAY);
    expect(running()).toBe(false);
    const ended = succeeded(w.bySip(unpause(w)));
    expect(ended.events[1]).toMatchObject({ data: { sip: 4, by, old: 'council', new: 'off' } });
    expect(w.config).toMatchObject({ pause: 'off', sip: 4 });
    expect(running()).toBe(true);
  });

  it('take a guardian’s pause over and end it', () => {
    readyEpoch();
    succeeded(byGuardian());
    w.done(pause(w));
    w.chain.advance(8n * DAY);
    expect(running()).toBe(false);
    w.done(unpause(w));
    expect(running()).toBe(true);
  });

  it('say so where nothing would change', () => {
    expect(w.bySip(unpause(w)).error).toBe('NotPaused');
    w.done(pause(w));
    expect(w.bySip(pause(w)).error).toBe('AlreadyPaused');
    w.done(unpause(w));
    succeeded(byGuardian());
    w.chain.advance(7n * DAY);
    expect(w.bySip(unpause(w)).error).toBe('NotPaused');
  });
});
