import { describe, expect, it } from 'vitest';
import type { CouncilChangeReview } from '#governance/proposals/council-change.ts';
import { sipLibrary } from '#governance/proposals/library.ts';
import type { Address } from '#governance/types.ts';
import type { CouncilChange } from '#governance/words/council-change.ts';
import type { World } from '../world.ts';
import { changeIn, changesIn, councilChangeView } from './proposal-change.ts';
import type { Facts } from './proposal-facts.ts';

const [KEY, OTHER] = ['1', '2'].map((digit) => digit.repeat(43) as Address) as [Address, Address];
const world = {
  seats: [{ id: '0', name: 'Seat 0', publicKey: KEY }],
  documents: { library: sipLibrary([]) },
} as unknown as World;
const review: CouncilChangeReview = {
  ...{
    sentences: ['removes a member'],
    trouble: null,
    makesStale: true,
    hash: 'ab'.repeat(32),
    announcedBy: [],
  },
  changes: [
    { subject: 'Member', address: KEY, field: 'member', before: 'may vote', after: 'no longer a member' },
    { subject: 'Member', address: OTHER, field: 'member', before: 'not a member', after: 'may vote' },
  ] as readonly CouncilChange[],
  posture: [
    { level: 'error', code: 'threshold-one', message: 'One voter decides alone.', remedy: 'Raise it.' },
  ],
  voids: [
    { transactionIndex: 4n, sip: 8 },
    { transactionIndex: 3n, sip: null },
  ],
};

describe('a change of the council', () => {
  it('is told as what it leaves, what that means and what it voids', () => {
    expect(councilChangeView({ review }, world)).toEqual({
      ...{ readable: true, trouble: '', makesStale: true, hash: review.hash, announcedBy: [] },
      // What to do is not to let it come to that.
      posture: [{ level: 'error', code: 'threshold-one', message: 'One voter decides alone.', remedy: '' }],
      voids: [
        { transactionIndex: '4', title: 'SIP-8' },
        { transactionIndex: '3', title: 'carries no SIP' },
      ],
    });
    expect(changesIn({ review }, world).map(({ account, after }) => [account, after])).toEqual([
      ['Seat 0', 'no longer a member'],
      ['Member', 'may vote'],
    ]);
  });

  it('that nobody can read says so, and promises nothing', () => {
    expect(councilChangeView({ review: null }, world)).toMatchObject({
      readable: false,
      hash: null,
      makesStale: true,
    });
    expect(changesIn({ review: null }, world)).toEqual([]);
  });

  it('is no other transaction', async () => {
    for (const transaction of [null, { kind: 'vault' }, { kind: 'unreadable' }])
      expect(
        await changeIn({ pair: { transaction } } as unknown as Facts, new Uint8Array(), world),
      ).toBeUndefined();
  });
});
