import { PublicKey } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChainReader } from '#governance/chain/ports.ts';
import type { Sip } from '#governance/sip/index.ts';
import type { AccountBytes } from '#governance/verify/index.ts';
import { realProposal, repositorySips } from '#test/bench/real-proposals.ts';
import { judgeTransaction, judgeTransactions } from './judge.ts';
import { sipLibrary } from './library.ts';

const sip = repositorySips()[0] as Sip;
const { input } = realProposal(sip, 7);
const texts = { library: sipLibrary([sip]) };
const { pins, transactionIndex, clock } = input;

/** Accounts by address, and how many were asked for at once. */
let asked: number[];
const known = new Map(
  Object.values(input.accounts).flatMap((account: AccountBytes | null | undefined) =>
    account ? [[account.address as string, account] as const] : [],
  ),
);
const reader = {
  getAccounts: async (keys: readonly PublicKey[]) => {
    asked.push(keys.length);
    const accounts = keys.map((address) => {
      const found = known.get(address.toBase58());
      return found && { address, owner: new PublicKey(found.owner), data: found.data, lamports: 1n };
    });
    return { slot: 5n, accounts: accounts.map((account) => account ?? null) };
  },
  clock: async () => ({ slot: 5n, unixTimestamp: clock }),
} as unknown as ChainReader;

beforeEach(() => {
  asked = [];
});

describe('many transactions', () => {
  const indexes = Array.from({ length: 70 }, (_, at) => transactionIndex - 40n + BigInt(at)).filter(
    (index) => index > 0n,
  );

  it('are judged as each one alone is', async () => {
    const together = await judgeTransactions(reader, pins, indexes, texts);
    const alone = [];
    for (const index of indexes) alone.push(await judgeTransaction(reader, pins, index, texts));
    expect(together).toEqual(alone);
    const matches = together.filter(({ verification: { verdict } }) => verdict === 'match');
    expect(matches.map(({ verification }) => verification.transactionIndex)).toEqual([transactionIndex]);
    expect(matches[0]?.sip).toBe(sip);
  });

  it('cost two requests for each 32, none of more accounts than an endpoint gives', async () => {
    await judgeTransactions(reader, pins, indexes, texts);
    expect(asked).toHaveLength(2 * Math.ceil(indexes.length / 32));
    expect(Math.max(...asked)).toBeLessThanOrEqual(100);
  });
});
