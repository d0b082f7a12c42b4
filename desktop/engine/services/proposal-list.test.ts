import type { PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { longCouncil } from '#test/support/long-council.ts';
import { pinsOf } from '#test/verify/world.ts';
import type { Engine } from '../engine.ts';
import { proposalList } from './proposal-list.ts';

/** An engine whose council has so many transactions; what is asked of its endpoint is counted. */
function engineOf(count: number) {
  const { world: made, accounts } = longCouncil(count);
  const asked = { requests: 0 };
  const rpc = {
    clock: async () => ({ slot: 1n, unixTimestamp: made.now }),
    getAccounts: async (keys: readonly PublicKey[]) => {
      asked.requests += 1;
      return { slot: 1n, accounts: keys.map((key) => accounts.get(key.toBase58()) ?? null) };
    },
  };
  const documents = { refresh: async () => undefined, library: { byDigest: () => undefined } };
  const world = { rpc, pins: pinsOf(made), documents, nameOf: (key: string) => key };
  const page = (at: number | null) =>
    proposalList['proposals.list']({ world } as unknown as Engine, { page: at });
  return { page, asked };
}

const indexesOf = ({ rows }: { rows: readonly { transactionIndex: string }[] }) =>
  rows.map(({ transactionIndex }) => Number(transactionIndex));
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('the list of proposals', () => {
  it('is read page by page, and a page stays what it is when newer transactions come', async () => {
    const few = engineOf(120);
    const newest = await few.page(null);
    expect(newest).toMatchObject({ newest: '120', page: 2 });
    expect(indexesOf(newest)).toEqual(from(101, 120));
    expect(indexesOf(await few.page(0))).toEqual(from(1, 50));
    const more = engineOf(151);
    expect(indexesOf(await more.page(0))).toEqual(from(1, 50));
    expect(indexesOf(await more.page(null))).toEqual([151]);
  });

  it('ends at a full page', async () => {
    const newest = await engineOf(100).page(null);
    expect(newest.page).toBe(1);
    expect(indexesOf(newest)).toEqual(from(51, 100));
  });

  it('has nothing before the first transaction and nothing past the last', async () => {
    expect(await engineOf(0).page(null)).toEqual({ newest: '0', page: 0, rows: [] });
    expect(await engineOf(3).page(7)).toEqual({ newest: '3', page: 7, rows: [] });
  });

  it('asks as much for a page of a long list as for one of a short list', async () => {
    const [short, long] = [engineOf(50), engineOf(300)];
    await short.page(0);
    await long.page(null);
    expect(long.asked.requests).toBe(short.asked.requests);
  });
});
