import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#governance/lifecycle/track.ts';
import { sipLibrary } from '#governance/proposals/library.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import type { Council, Proposal } from '#governance/venues/squads/state.ts';
import { classify } from '#governance/venues/squads/status.ts';
import { noticesOf } from '../notices.ts';
import type { World } from '../world.ts';
import { inboxOf } from './inbox.ts';

const [first, second] = ['1', '2'].map((digit) => digit.repeat(32) as Address) as [Address, Address];
const council = {
  ...{ threshold: 2, timeLockSeconds: 60, staleTransactionIndex: 0n, transactionIndex: 9n },
  members: [first, second].map((key) => ({ key, mask: 2, permissions: ['vote'] })),
} as unknown as Council;
const NONE = new Map();
const world = {
  ...{ pins: { programId: first }, nameOf: (key: string) => `key ${key[0]}` },
  documents: { library: sipLibrary([]), store: { byDigest: () => undefined } },
  seats: [first, second].map((publicKey, at) => ({ id: `${at}`, name: `Seat ${at}`, publicKey })),
} as unknown as World;

function snapshot(kind: 'active' | 'approved', against: readonly Address[]): Snapshot {
  const now = 100n as UnixSeconds;
  const proposal = {
    status: { kind, at: 1n },
    ...{ approved: [], rejected: against, cancelled: against, room: 3 },
  } as unknown as Proposal;
  const change = {
    ...{ transactionIndex: 5n, creator: second, state: classify(council, proposal, 5n, now) },
    verification: { verdict: 'unreadable' },
  };
  return {
    scan: { now, council, pairs: [], transactions: [], changes: [change] },
    state: {
      config: undefined,
      accounts: { Epoch: new Map(), EpochCap: new Map(), RestakingPool: new Map() },
    },
  } as unknown as Snapshot;
}

describe.each([
  ['active', 'A change of the council is proposed'],
  ['approved', 'A change of the council is approved'],
] as const)('a change of the council that is %s', (kind, title) => {
  it('stands first for a key that can stop it, with its verdict, and is told once', () => {
    const [section] = inboxOf(snapshot(kind, []), world, '0', NONE).sections;
    expect(section?.rows).toMatchObject([
      { title, chip: { text: 'unreadable', tone: 'bad' }, route: 'tx/5/effect', tone: 'bad' },
    ]);
    expect(section?.rows[0]?.detail).toContain('Transaction 5 · by key 2');
    expect(noticesOf(snapshot(kind, []), world, '0')).toMatchObject([{ id: `change 5 ${kind}`, title }]);
  });

  it('is nothing for a key that has voted against it, and for nobody', () => {
    for (const seat of ['0', null]) {
      expect(inboxOf(snapshot(kind, [first]), world, seat, NONE).sections).toEqual([]);
      expect(noticesOf(snapshot(kind, [first]), world, seat)).toEqual([]);
    }
  });
});
