import { describe, expect, it } from 'vitest';
import type { Seat } from '#desktop/shared/views/index.ts';
import type { CouncilChangeReview } from '#governance/proposals/council-change.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import type { Council, Proposal } from '#governance/venues/squads/state.ts';
import { classify } from '#governance/venues/squads/status.ts';
import { changeActs, changeGates } from './change-gates.ts';
import type { Facts } from './proposal-facts.ts';

const keys = ['1', '2', '3'].map((digit) => digit.repeat(43) as Address);
const seat = (at: number, permissions: Seat['permissions'] = ['vote']): Seat => ({
  ...{ id: `${at}`, name: `Seat ${at}`, publicKey: keys[at] ?? '4'.repeat(43), permissions },
});
const council = {
  ...{ threshold: 2, timeLockSeconds: 60, staleTransactionIndex: 0n, transactionIndex: 9n },
  members: keys.map((key) => ({ key, mask: 7, permissions: ['initiate', 'vote', 'execute'] })),
} as unknown as Council;
const review: CouncilChangeReview = {
  ...{ sentences: [], changes: [], trouble: null, posture: [], makesStale: true, voids: [] },
  ...{ hash: 'ab'.repeat(32), announcedBy: [] },
};

/** Long after the time lock. */
function facts(kind: 'active' | 'approved' | 'rejected', against: readonly Address[] = []): Facts {
  const proposal = {
    status: { kind, at: 1n },
    ...{ approved: keys.slice(0, kind === 'approved' ? 2 : 0), room: 3 },
    ...{ rejected: kind === 'active' ? against : [], cancelled: kind === 'approved' ? against : [] },
  } as unknown as Proposal;
  return { council, state: classify(council, proposal, 5n, 1_000_000n as UnixSeconds) } as unknown as Facts;
}

const states = (of: Facts, change: CouncilChangeReview | null, me?: Seat) =>
  Object.fromEntries(changeGates(of, { review: change }, me).map(({ name, state }) => [name, state]));

describe('a change of the council', () => {
  it.each(['active', 'approved', 'rejected'] as const)('that is %s has approving off', (kind) => {
    for (const announcedBy of [
      [],
      [{ header: { sip: 9 } }],
    ] as unknown as CouncilChangeReview['announcedBy'][])
      expect(states(facts(kind), { ...review, announcedBy }, seat(0))).toMatchObject({
        'Approving is off: no text compiles to it': 'bad',
      });
  });

  it('is offered to be stopped, and nothing else, by whoever may', () => {
    const offered = (of: Facts, me?: Seat) => changeActs(of, me).map(({ act, enabled }) => [act, enabled]);
    expect(offered(facts('active'), seat(0))).toEqual([['reject', true]]);
    expect(offered(facts('active', [keys[0]!]), seat(0))).toEqual([['reject', false]]);
    expect(offered(facts('active'), seat(3))).toEqual([['reject', false]]);
    expect(offered(facts('active'))).toEqual([['reject', false]]);
    expect(offered(facts('approved'), seat(0))).toEqual([['cancel', true]]);
    expect(offered(facts('rejected'), seat(0))).toEqual([]);
  });

  it('says what the key can do, and why it cannot', () => {
    const key = (of: Facts, me?: Seat) =>
      changeGates(of, { review }, me).find(({ name }) => name === 'Your key');
    expect(key(facts('active'), seat(1))).toMatchObject({ state: 'ok', detail: 'Seat 1 can reject it.' });
    expect(key(facts('approved'), seat(1))).toMatchObject({ state: 'ok', detail: 'Seat 1 can cancel it.' });
    expect(key(facts('active', [keys[1]!]), seat(1))).toMatchObject({ state: 'no' });
    expect(key(facts('active'), seat(3, ['initiate']))).toMatchObject({ state: 'bad' });
    expect(key(facts('active'))).toMatchObject({ state: 'wait' });
  });

  it('counts against it what nobody can read, what would not run and what weakens the council', () => {
    const weak = { level: 'error', code: 'threshold-one', message: 'One voter decides alone.' } as const;
    expect(states(facts('active'), null)['Its bytes cannot be read']).toBe('bad');
    expect(states(facts('active'), review)['The council afterwards']).toBe('ok');
    expect(states(facts('active'), { ...review, posture: [weak] })['The council afterwards']).toBe('bad');
    expect(states(facts('active'), { ...review, trouble: 'x' })['The council afterwards']).toBe('bad');
    expect(states(facts('active'), review)['No text announces it']).toBe('bad');
  });
});
