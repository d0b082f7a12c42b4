import { describe, expect, it } from 'vitest';
import type { Snapshot } from '#governance/lifecycle/track.ts';
import { compileSip } from '#governance/plan/compile.ts';
import { sipLibrary } from '#governance/proposals/library.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import type { Council, Proposal } from '#governance/venues/squads/state.ts';
import { classify } from '#governance/venues/squads/status.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';
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

const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v' as Address;
const text = sipFile({ sip: 7, title: 'Whitelist', actions: [whitelist('mSOL', '1')] }, 1_772_323_200n);
const [part] = compileSip(parseUnnamed(text.bytes, 'sip.md'), {
  ...{ pins: { programId: KEY, council: KEY, vault: KEY }, members: [], transactionIndex: 1n },
}).parts;
/** Of a SIP that is not at hand. */
const NAMED = { kind: 'vault', creator: second, message: { instructions: part!.instructions } };

describe('transactions that no text at hand explains', () => {
  const many = (count: number) => {
    const base = snapshot('active', []);
    const proposal = {
      status: { kind: 'active', at: 1n },
      approved: [],
      rejected: [],
      cancelled: [],
      room: 3,
    };
    const pairs = Array.from({ length: count }, (_, at) => ({
      ...{ index: BigInt(at + 1), proposal, transaction: { kind: 'batch', creator: second } },
    }));
    const scan = {
      ...base.scan,
      changes: [],
      council: { ...council, transactionIndex: BigInt(count) },
      pairs,
    };
    return { ...base, scan } as unknown as Snapshot;
  };
  const shown = (count: number) => inboxOf(many(count), world, null, NONE).sections;

  it('stand there for whoever looks, newest first', () => {
    const title = 'Transaction 2 is a batch, which no SIP is';
    expect(shown(2)).toMatchObject([
      {
        title: 'Names no SIP',
        rows: [
          { id: 'stranger-2', title, detail: expect.stringMatching(/^By key 2 · active/) },
          { id: 'stranger-1', tone: 'bad', route: 'tx/1/effect' },
        ],
      },
    ]);
    expect(noticesOf(many(2), world, null).map(({ id }) => id)).toEqual([
      'stranger 2 active',
      'stranger 1 active',
    ]);
  });

  it('are told although newer ones name a text that is not here', () => {
    const { scan, ...rest } = many(1);
    const named = Array.from({ length: 9 }, (_, at) => ({
      ...scan.pairs[0]!,
      index: BigInt(at + 2),
      transaction: NAMED,
    }));
    const flooded = { ...rest, scan: { ...scan, pairs: [...scan.pairs, ...named] } } as unknown as Snapshot;
    expect(noticesOf(flooded, world, null).map(({ id }) => id)).toEqual(['stranger 1 active']);
  });

  it('do not fill the inbox', () => {
    const rows = shown(1_000).flatMap((section) => section.rows);
    expect(rows).toHaveLength(21);
    expect(rows.at(-1)).toMatchObject({ title: '980 more of them', route: 'proposals' });
    expect(noticesOf(many(1_000), world, null)).toHaveLength(5);
  });
});
