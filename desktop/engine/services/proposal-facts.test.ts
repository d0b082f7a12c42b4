import { describe, expect, it } from 'vitest';
import type { Seat } from '#desktop/shared/views/index.ts';
import type { Address } from '#governance/types.ts';
import type { World } from '../world.ts';
import { type Facts, rowOf, titleOf, votesOf } from './proposal-facts.ts';

const keys = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(43) as Address);
const sip = { header: { sip: 8, title: 'Whitelist JupSOL' } };
const pair = (transaction: object | null, proposal: object | null = null) => ({
  index: 7n,
  transaction,
  proposal,
});
const named = (of: object) =>
  ({
    verification: { verdict: 'match', part: 1, parts: 1 },
    sip: null,
    pair: pair(null),
    ...of,
  }) as unknown as Facts;
const world = {
  nameOf: (key: string) => `key ${key[0]}`,
  seats: [{ id: '0', name: 'Seat 0', publicKey: keys[0] }] as unknown as readonly Seat[],
} as unknown as World;

describe('a transaction is called', () => {
  it('by its text, with its part', () => {
    expect(titleOf(named({ sip }))).toBe('SIP-8 · Whitelist JupSOL');
    expect(titleOf(named({ sip, verification: { part: 2, parts: 3 } }))).toBe(
      'SIP-8 · Whitelist JupSOL, part 2 of 3',
    );
  });

  it('by what it is where there is none', () => {
    expect(titleOf(named({ pair: pair({ kind: 'config' }) }))).toBe('Change of the council, transaction 7');
    expect(titleOf(named({ pair: pair({ kind: 'unreadable' }) }))).toBe('Transaction 7');
    expect(titleOf(named({}))).toBe('Transaction 7');
  });
});

describe('a row', () => {
  const row = (state: object, of: object = {}) => rowOf({ ...named(of), state } as unknown as Facts, world);

  it('says what is stale, but not of what was executed', () => {
    expect(row({ kind: 'active', stale: true }).state).toBe('active, stale');
    expect(row({ kind: 'executed', stale: true }).state).toBe('executed');
  });

  it('names its creator where the bytes do', () => {
    expect(
      row(
        { kind: 'none' },
        { pair: pair({ kind: 'vault', creator: keys[1], message: { instructions: [] } }) },
      ),
    ).toMatchObject({
      ...{ creator: 'key 2', votes: 'no proposal' },
    });
    expect(row({ kind: 'none' }, { pair: pair({ kind: 'unreadable' }) }).creator).toBe('unknown');
  });
});

it('each member’s vote is told, and who cannot vote', () => {
  const members = keys.map((key, at) => ({ key, permissions: at === 4 ? ['initiate'] : ['vote'] }));
  const proposal = { approved: [keys[0], keys[2]], rejected: [keys[1]], cancelled: [keys[2]] };
  const facts = { council: { members }, pair: pair(null, proposal) } as unknown as Facts;
  const votes = votesOf(facts, world, keys[0]);
  expect(votes.map(({ publicKey, cast }) => [publicKey, cast])).toEqual(
    expect.arrayContaining([
      [keys[0], 'approved'],
      [keys[1], 'rejected'],
      [keys[2], 'cancelled'],
      [keys[3], 'none'],
      [keys[4], 'cannot'],
    ]),
  );
  expect(votes.filter(({ me }) => me).map(({ seat }) => seat)).toEqual(['Seat 0']);
  expect(
    votesOf({ ...facts, pair: pair(null) } as unknown as Facts, world, undefined).some(({ me }) => me),
  ).toBe(false);
});
