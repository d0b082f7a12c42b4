import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { SipError } from '../errors.ts';
import type { ChainReader, RawAccount, Timer } from './ports.ts';

/** One lying, lagging or captured endpoint must not decide what a signer is shown as true. */

export interface QuorumOptions {
  /** So many readers must give the same bytes. */
  readonly agree: number;
  readonly timer: Timer;
  /** Endpoints are never at the same slot: what differs is read again before it counts as disagreement. */
  readonly attempts?: number;
}

const BETWEEN_MS = 1_000;

/**
 * A reader whose accounts and clock several readers agree on; everything else is the first one's.
 * @param readers of distinct hosts, at the commitment that is to count
 * @throws SipError QUORUM_MISSED by getAccounts and clock
 */
export function quorumReader(
  readers: readonly [ChainReader, ...ChainReader[]],
  options: QuorumOptions,
): ChainReader {
  const { agree, timer, attempts = 3 } = options;

  const answers = async <T>(ask: (reader: ChainReader) => Promise<T>): Promise<readonly T[]> => {
    const settled = await Promise.allSettled(readers.map(ask));
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  };

  return {
    ...readers[0],

    async getAccounts(keys) {
      let most = 0;
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        if (attempt > 0) await timer.sleep(BETWEEN_MS);
        const found = new Map<string, Awaited<ReturnType<ChainReader['getAccounts']>>[]>();
        for (const answer of await answers((reader) => reader.getAccounts(keys))) {
          const bytes = fingerprint(answer.accounts);
          found.set(bytes, [...(found.get(bytes) ?? []), answer]);
        }
        const [largest = []] = [...found.values()].sort((a, b) => b.length - a.length);
        most = Math.max(most, largest.length);
        const [first] = largest;
        if (first && largest.length >= agree) return first;
      }
      throw new SipError('QUORUM_MISSED', { agreeing: most, needed: agree, asked: readers.length });
    },

    async clock() {
      const clocks = await answers((reader) => reader.clock());
      const sorted = [...clocks].sort((a, b) => (a.unixTimestamp < b.unixTimestamp ? -1 : 1));
      const median = sorted[Math.floor((sorted.length - 1) / 2)];
      if (median && clocks.length >= agree) return median;
      throw new SipError('QUORUM_MISSED', { agreeing: clocks.length, needed: agree, asked: readers.length });
    },
  };
}

/** Over owner and data. Lamports are left out: anyone can change them, and no verdict looks at them. */
function fingerprint(accounts: readonly (RawAccount | null)[]): string {
  const hash = sha256.create();
  for (const account of accounts) {
    hash.update(Uint8Array.of(account === null ? 0 : 1));
    if (account === null) continue;
    hash.update(account.owner.toBytes()).update(new Uint8Array(Uint32Array.of(account.data.length).buffer));
    hash.update(account.data);
  }
  return bytesToHex(hash.digest());
}
