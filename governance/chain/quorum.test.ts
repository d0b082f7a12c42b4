import { PublicKey, SystemProgram } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, isSipError, SipError } from '../errors.ts';
import type { UnixSeconds } from '../types.ts';
import type { ChainReader } from './ports.ts';
import { quorumReader } from './quorum.ts';

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

  it('takes the middle clock', async () => {
    const { unixTimestamp } = await quorumReader([reader(900), reader(5), reader(6)], {
      agree: 2,
      timer,
    }).clock();
    expect(unixTimestamp).toBe(6n);
  });
});
