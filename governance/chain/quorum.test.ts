import { PublicKey, SystemProgram } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, isSipError, SipError } from '../errors.ts';
import type { UnixSeconds } from '../types.ts';
import type { ChainReader } from './ports.ts';
import { type QuorumMember, quorumReader } from './quorum.ts';

const KEY = PublicKey.unique();
const timer = { now: () => 0, sleep: async () => undefined };

/** Answers one after the other, the last one again and again; `down` does not answer. */
function reader(...answers: readonly (number | null | 'down')[]): ChainReader {
  const left = [...answers];
  const next = () => (left.length > 1 ? left.shift() : left[0]) ?? null;
  return {
    async getAccounts() {
      const answer = next();
      if (answer === 'down') throw new SipError('ENDPOINT_DOWN', { endpoint: 'a', reason: 'b' });
      const account = {
        address: KEY,
        owner: SystemProgram.programId,
        lamports: 1n,
        data: Uint8Array.of(answer ?? 0),
        executable: false,
      };
      return { slot: 1n, accounts: [answer === null ? null : account] };
    },
    clock: async () => ({
      slot: 1n,
      unixTimestamp: BigInt(answers[0] === null ? 0 : Number(answers[0])) as UnixSeconds,
    }),
  } as Partial<ChainReader> as ChainReader;
}

const called = (endpoint: string, one: ChainReader): QuorumMember => ({ ...one, endpoint });
const rich = (lamports: bigint): ChainReader => ({
  ...reader(7),
  async getAccounts(keys) {
    const { slot, accounts } = await reader(7).getAccounts(keys);
    return { slot, accounts: accounts.map((account) => account && { ...account, lamports }) };
  },
});

const read = async (readers: readonly [ChainReader, ...ChainReader[]]) =>
  (await quorumReader(readers, { agree: 2, timer }).getAccounts([KEY])).accounts[0]?.data[0];
const codeOf = (work: Promise<unknown>): Promise<ErrorCode | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (isSipError(error) ? error.code : undefined),
  );

describe('a quorum of endpoints', () => {
  it('believes what two of three say, whoever is asked first', async () => {
    expect(await read([reader(9), reader(7), reader(7)])).toBe(7);
    expect(await read([reader('down'), reader(7), reader(7)])).toBe(7);
    expect(await read([reader(7), reader(null), reader(null)])).toBeUndefined();
  });

  it('believes nobody where no two agree', async () => {
    expect(await codeOf(read([reader(1), reader(2), reader(3)]))).toBe('QUORUM_MISSED');
    expect(await codeOf(read([reader(1), reader('down'), reader(2)]))).toBe('QUORUM_MISSED');
    expect(await codeOf(read([reader(1)]))).toBe('QUORUM_MISSED');
  });

  it('reads again what differs for a moment', async () => {
    expect(await read([reader(1, 2), reader(2), reader('down')])).toBe(2);
  });

  it('names who says something else twice, and only then', async () => {
    const named: string[][] = [];
    const onDissent = (who: readonly string[]) => void named.push([...who]);
    const ask = (...readers: [QuorumMember, ...QuorumMember[]]) =>
      quorumReader(readers, { agree: 2, timer, onDissent }).getAccounts([KEY]);
    await ask(called('liar', reader(9)), called('b', reader(7)), called('c', reader(7)));
    expect(named).toEqual([['liar']]);
    await ask(called('late', reader(6, 7)), called('b', reader(7)), called('c', reader(7)));
    await ask(called('down', reader('down')), called('b', reader(7)), called('c', reader(7)));
    expect(named).toHaveLength(1);
  });

  it('takes the lower median of lamports, and names who lies about them', async () => {
    const named: string[][] = [];
    const readers = [rich(900n), rich(5n), rich(5n)].map((one, at) => called(`e${at}`, one));
    const { accounts } = await quorumReader(readers as unknown as [QuorumMember], {
      agree: 2,
      timer,
      onDissent: (who) => void named.push([...who]),
    }).getAccounts([KEY]);
    expect(accounts[0]?.lamports).toBe(5n);
    expect(named).toEqual([['e0']]);
  });

  it('asks again for nothing older than what most have seen, whatever slot a liar names', async () => {
    const asked: (bigint | undefined)[] = [];
    const at = (slot: bigint, value: number): ChainReader => ({
      ...reader(value),
      async getAccounts(keys, minSlot) {
        asked.push(minSlot);
        return { ...(await reader(value).getAccounts(keys)), slot };
      },
    });
    const code = await codeOf(
      quorumReader([at(2n ** 60n, 1), at(100n, 2), at(101n, 3)], {
        agree: 2,
        timer,
        attempts: 2,
      }).getAccounts([KEY]),
    );
    expect(code).toBe('QUORUM_MISSED');
    expect(asked).toEqual([undefined, undefined, undefined, 101n, 101n, 101n]);
  });

  it('agrees on the accounts of a program in any order, and not on one that only one shows', async () => {
    const two = [KEY, PublicKey.unique()];
    const shows = (keys: readonly PublicKey[]): ChainReader => ({
      ...reader(7),
      getProgramAccounts: async () =>
        keys.map((address) => ({
          address,
          owner: SystemProgram.programId,
          lamports: 1n,
          data: Uint8Array.of(1),
          executable: false,
        })),
    });
    const count = (...readers: [ChainReader, ...ChainReader[]]) =>
      quorumReader(readers, { agree: 2, timer })
        .getProgramAccounts(KEY, {})
        .then(({ length }) => length);
    expect(await count(shows([KEY]), shows(two), shows([...two].reverse()))).toBe(2);
    expect(await codeOf(count(shows([KEY]), shows(two), shows([])))).toBe('QUORUM_MISSED');
  });

  it('stops what a signature rests on while one says something else, and not for lamports or for one that is down', async () => {
    const ask = (...readers: [ChainReader, ...ChainReader[]]) =>
      codeOf(quorumReader(readers, { agree: 2, timer, refuseDissent: true }).getAccounts([KEY]));
    expect(await ask(reader(9), reader(7), reader(7))).toBe('ENDPOINT_DISSENTS');
    expect(await ask(reader(9, 7), reader(7), reader(7))).toBeUndefined();
    expect(await ask(reader('down'), reader(7), reader(7))).toBeUndefined();
    expect(await ask(rich(900n), rich(5n), rich(5n))).toBeUndefined();
    const clocks = quorumReader([reader(900), reader(5), reader(6)], {
      agree: 2,
      timer,
      refuseDissent: true,
    });
    expect(await codeOf(clocks.clock())).toBe('ENDPOINT_DISSENTS');
  });

  it('has no time where no two clocks are near each other', async () => {
    const ask = (...readers: [ChainReader, ...ChainReader[]]) =>
      codeOf(quorumReader(readers, { agree: 2, timer }).clock());
    expect(await ask(reader(900), reader(5))).toBe('QUORUM_MISSED');
    expect(await ask(reader(900), reader(5), reader(300))).toBe('QUORUM_MISSED');
  });

  it('takes the middle clock', async () => {
    const { unixTimestamp } = await quorumReader([reader(900), reader(5), reader(6)], {
      agree: 2,
      timer,
    }).clock();
    expect(unixTimestamp).toBe(5n);
  });
});
