import { describe, expect, it } from 'vitest';
import type { ChangeRequest } from '#governance/change-requests/request.ts';
import type { Snapshot, TrackedSip } from '#governance/lifecycle/track.ts';
import type { World } from '../world.ts';
import { requestRows } from './inbox-requests.ts';

const [first, second, stranger] = ['1', '2', '3'].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
];
const DIGEST = 'ab'.repeat(32);
const snapshot = {
  scan: { now: 100_000n, council: { members: [first, second].map((key) => ({ key })) } },
} as unknown as Snapshot;
const worldOf = (author: string | null) =>
  ({
    documents: { store: { byDigest: () => ({ author }) } },
    seats: [{ id: '0', name: 'Seat 0', publicKey: first }],
    nameOf: (key: string) => `key ${key[0]}`,
  }) as unknown as World;
const tracked = (status: string) =>
  [{ status, sip: { digest: DIGEST, header: { sip: 8, title: 'Whitelist JupSOL' } } }] as unknown as [
    TrackedSip,
  ];
const by = (reviewer: string, chainTime = 92_800n) => ({ reviewer, chainTime }) as unknown as ChangeRequest;

interface Case {
  readonly me?: string;
  readonly author?: string;
  readonly status?: string;
  readonly digest?: string;
}
const rows = (asked: readonly ChangeRequest[], { me, author, status, digest }: Case = {}) =>
  requestRows(
    tracked(status ?? 'Review'),
    new Map([[digest ?? DIGEST, asked]]),
    snapshot,
    worldOf(author ?? null),
    me,
  );

describe('what was asked of a text', () => {
  it('names the SIP, who asks and since when, and leads to its screen', () => {
    expect(rows([by(first)])).toMatchObject([
      {
        title: 'SIP-8 · Whitelist JupSOL',
        detail: 'Seat 0 asked for changes to its text 2 h ago.',
        chip: { text: 'Changes asked for', tone: 'warn' },
        route: 'sip/8',
      },
    ]);
  });

  it('is one row, by the member who asked first, whoever asked before', () => {
    const asked = [by(stranger, 1n), by(second), by(second, 95_000n), by(first, 96_000n)];
    expect(rows(asked)).toMatchObject([
      { detail: 'key 2 asked for changes to its text 2 h ago. So did 2 others.', tone: 'warn' },
    ]);
  });

  it('of no member says so, and no time that is still to come', () => {
    expect(rows([by(stranger, 999_999n)])).toMatchObject([
      { detail: 'key 3, no member of this council, asked for changes to its text now.', tone: 'plain' },
    ]);
  });

  it('is for its author alone where the text is signed, and for nobody who asked', () => {
    expect(rows([by(first)], { author: second, me: second })).toHaveLength(1);
    expect(rows([by(first)], { author: second, me: stranger })).toEqual([]);
    expect(rows([by(first)], { author: second })).toEqual([]);
    expect(rows([by(first)], { me: first })).toEqual([]);
    expect(rows([by(first)], { me: stranger })).toHaveLength(1);
  });

  it('is nothing once there is another text, or it comes too late', () => {
    expect(rows([by(first)], { digest: 'cd'.repeat(32) })).toEqual([]);
    for (const status of ['Draft', 'Submitted', 'Approved'])
      expect(rows([by(first)], { status })).toHaveLength(1);
    for (const status of ['Partial', 'Executed', 'Rejected', 'Void', 'Withdrawn'])
      expect(rows([by(first)], { status })).toEqual([]);
  });
});
