import { beforeEach, describe, expect, it } from 'vitest';
import { Council } from './support/council.ts';
import { recordExternal, setGuard, setRoles } from './support/instructions.ts';
import { addressOf, FLOORS, freshAddress, NO_KEY, succeeded, World } from './support/world.ts';

/** set_roles, set_guard, record_external. Who may and when: council-instructions.test.ts. */

let w: World;
beforeEach(() => {
  w = new World();
});

const rolesOf = ({ epochAdmin, guardian, gatekeeper }: World['config']) => ({
  epochAdmin,
  guardian,
  gatekeeper,
});

describe('set_roles', () => {
  it('names all three, and nothing else changes', () => {
    const before = w.config;
    const roles = { epochAdmin: freshAddress(), guardian: freshAddress(), gatekeeper: freshAddress() };
    const outcome = succeeded(w.bySip(setRoles(w, roles)));
    expect(w.config).toEqual({ ...before, ...roles, sip: 2 });
    expect(outcome.events[1]).toEqual({
      name: 'RolesSet',
      data: { sip: 2, old: rolesOf(before), new: roles },
    });
  });

  it('leaves a role to nobody by the default key', () => {
    const nobody = { epochAdmin: NO_KEY, guardian: NO_KEY, gatekeeper: NO_KEY };
    succeeded(w.bySip(setRoles(w, nobody)));
    expect(rolesOf(w.config)).toEqual(nobody);
  });
});

describe('set_guard', () => {
  it('changes floors and vote_governance, and nothing else of the guard', () => {
    const before = w.config;
    const [floors, voteGovernance] = [{ minThreshold: 1, minTimeLock: 600 }, freshAddress()];
    const outcome = succeeded(w.bySip(setGuard(w, floors, voteGovernance)));
    expect(w.config).toEqual({ ...before, guard: { ...before.guard, floors, voteGovernance }, sip: 2 });
    expect(outcome.events[1]).toEqual({
      name: 'GuardSet',
      data: {
        sip: 2,
        oldFloors: FLOORS,
        newFloors: floors,
        oldVoteGovernance: NO_KEY,
        newVoteGovernance: voteGovernance,
      },
    });
  });

  it('never puts a floor where the council would be locked out, nor a threshold of 0', () => {
    for (const floors of [
      { minThreshold: 3, minTimeLock: 300 },
      { minThreshold: 2, minTimeLock: 601 },
      { minThreshold: 0, minTimeLock: 300 },
    ])
      expect(w.bySip(setGuard(w, floors)).error).toBe('FloorInvalid');
    expect(w.config.guard.floors).toEqual(FLOORS);
  });

  it('binds the very next SIP', () => {
    succeeded(w.bySip(setGuard(w, { minThreshold: 2, minTimeLock: 600 })));
    w.council.change({ __kind: 'SetTimeLock', newTimeLock: 599 });
    expect(w.bySip(setGuard(w, FLOORS)).error).toBe('TimeLockTooLow');
  });

  it('looks at no other council', () => {
    const other = new Council(w.chain, { threshold: 3 });
    const outcome = w.bySip(setGuard(w, { ...FLOORS, minThreshold: 3 }, NO_KEY, { council: other.address }));
    expect(outcome.error).toBe('WrongCouncil');
  });
});

describe('record_external', () => {
  const hash = new Uint8Array(32).fill(9);

  it('leaves its number in the configuration and the announcement in an event', () => {
    const before = w.config;
    const target = freshAddress();
    for (const [sip, kind] of [
      [2, 0],
      [3, 1],
    ] as const) {
      const outcome = succeeded(w.bySip(recordExternal(w, kind, target, hash)));
      expect(w.config).toEqual({ ...before, sip });
      expect(outcome.events[1]).toEqual({
        name: 'ExternalRecorded',
        data: { sip, kind, target, hash: [...hash] },
      });
    }
  });

  it('knows two kinds', () => {
    for (const kind of [2, 255])
      expect(w.bySip(recordExternal(w, kind, addressOf(w.council.vault), hash)).error).toBe(
        'ExternalKindUnknown',
      );
  });
});
