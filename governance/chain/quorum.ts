import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { SipError } from '../errors.ts';
import type { ChainClock, ChainReader, RawAccount, Timer } from './ports.ts';

/** One lying, lagging or captured endpoint must not decide what a signer is shown as true. */

export interface QuorumOptions {
  /** So many readers must give the same bytes. */
  readonly agree: number;
  readonly timer: Timer;
  /** Endpoints are never at the same slot: what differs is read again before it counts as disagreement. */
  readonly attempts?: number;
  /** Who said something else in two readings one after the other although the others agree. */
  readonly onDissent?: (endpoints: readonly string[]) => void;
  /**
   * For what a signature rests on: two captured endpoints of three outvote the honest one, so a lasting difference in
   * anything but lamports stops it, whoever is in the right. An endpoint that is down says nothing else.
   */
  readonly refuseDissent?: boolean;
}

/** `endpoint` is its name for messages. */
export type QuorumMember = ChainReader & { readonly endpoint?: string };

interface Answer<T> {
  readonly who: string;
  readonly value: T;
}

/** How answers of one method are compared. */
interface Comparison<T> {
  ask(reader: ChainReader, minSlot: bigint | undefined): Promise<T>;
  accounts(value: T): readonly (RawAccount | null)[];
  slot(value: T): bigint | undefined;
  /** The answer of a group that agrees on everything but lamports. */
  merge(values: readonly [T, ...T[]], accounts: readonly (RawAccount | null)[]): T;
}

const BETWEEN_MS = 1_000;

/**
 * A reader whose accounts and clock several readers agree on; everything else is the first one's.
 * Owner, data and the executable flag have to be the same. Anybody can change lamports, at every slot and for next to
 * nothing, which would keep a council from ever agreeing: of them the lower median of the agreeing answers counts.
 * @param readers of distinct hosts, at the commitment that is to count
 * @throws SipError QUORUM_MISSED by getAccounts, getProgramAccounts and clock; ENDPOINT_DISSENTS where asked to
 */
export function quorumReader(
  readers: readonly [QuorumMember, ...QuorumMember[]],
  { agree, timer, attempts = 3, onDissent, refuseDissent = false }: QuorumOptions,
): ChainReader {
  const names = readers.map(({ endpoint }, at) => endpoint ?? `endpoint ${at + 1}`);
  const missed = (agreeing: number) =>
    new SipError('QUORUM_MISSED', { agreeing, needed: agree, asked: readers.length });

  const answers = async <T>(ask: (reader: ChainReader) => Promise<T>): Promise<readonly Answer<T>[]> => {
    const settled = await Promise.allSettled(readers.map(ask));
    return settled.flatMap((one, at) =>
      one.status === 'fulfilled' ? [{ who: names[at] ?? '', value: one.value }] : [],
    );
  };

  const agreed = async <T>(how: Comparison<T>): Promise<T> => {
    let most = 0;
    let minSlot: bigint | undefined;
    let suspects: readonly string[] | undefined;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const given = await answers((reader) => how.ask(reader, minSlot));
      const [first, ...rest] = largestGroup(given, ({ value }) => fingerprint(how.accounts(value), false));
      most = Math.max(most, first === undefined ? 0 : rest.length + 1);
      if (first && rest.length + 1 >= agree) {
        const group = [first.value, ...rest.map(({ value }) => value)] as const;
        const accounts = withMedianLamports(group.map((value) => how.accounts(value)));
        const said = fingerprint(accounts, true);
        const dissent = given.filter(({ value }) => fingerprint(how.accounts(value), true) !== said);
        const again = suspects && dissent.map(({ who }) => who).filter((who) => suspects?.includes(who));
        if (again && again.length > 0) onDissent?.(again);
        const last = attempt === attempts;
        const otherBytes = dissent.filter(
          ({ value }) => fingerprint(how.accounts(value), false) !== fingerprint(accounts, false),
        );
        const settled = dissent.length === 0 || last || again !== undefined || (!onDissent && !refuseDissent);
        if (refuseDissent && otherBytes.length > 0 && settled)
          throw new SipError('ENDPOINT_DISSENTS', {
            endpoints: otherBytes.map(({ who }) => who).join(', '),
          });
        if (settled) return how.merge(group, accounts);
        suspects = dissent.map(({ who }) => who);
      }
      if (attempt < attempts) await timer.sleep(BETWEEN_MS);
      // Nobody may answer from before what most have seen; the median, since a liar could name any slot.
      minSlot = lowerMedian(given.flatMap(({ value }) => how.slot(value) ?? [])) ?? minSlot;
    }
    throw missed(most);
  };

  return {
    ...readers[0],

    getAccounts: (keys, minSlot) =>
      agreed({
        ask: (reader, since) => reader.getAccounts(keys, since ?? minSlot),
        accounts: ({ accounts }) => accounts,
        slot: ({ slot }) => slot,
        merge: (values, accounts) => ({
          slot: lowerMedian(values.map(({ slot }) => slot)) ?? values[0].slot,
          accounts,
        }),
      }),

    getProgramAccounts: (programId, filter) =>
      agreed<readonly RawAccount[]>({
        ask: async (reader) => [...(await reader.getProgramAccounts(programId, filter))].sort(byAddress),
        accounts: (accounts) => accounts,
        slot: () => undefined,
        merge: (_, accounts) => accounts.flatMap((account) => account ?? []),
      }),

    async clock() {
      const given = await answers((reader) => reader.clock());
      const clocks = given.map(({ value }) => value);
      const near = closest(clocks);
      const median = near[Math.floor((near.length - 1) / 2)];
      if (median === undefined || near.length < agree) throw missed(near.length);
      const far = given.flatMap(({ who, value }) => (near.includes(value) ? [] : [who]));
      if (far.length > 0 && refuseDissent)
        throw new SipError('ENDPOINT_DISSENTS', { endpoints: far.join(', ') });
      if (far.length > 0) onDissent?.(far);
      return median;
    },
  };
}

/** Endpoints at `finalized` are some slots apart; beyond this one of them is not the cluster's time. */
const CLOCK_TOLERANCE_SECONDS = 60n;

/** The most clocks that are within the tolerance of one another, in their order. */
function closest(clocks: readonly ChainClock[]): readonly ChainClock[] {
  const sorted = [...clocks].sort((a, b) => (a.unixTimestamp < b.unixTimestamp ? -1 : 1));
  return sorted
    .map((first, at) =>
      sorted.slice(at).filter((one) => one.unixTimestamp - first.unixTimestamp <= CLOCK_TOLERANCE_SECONDS),
    )
    .reduce((most, run) => (run.length > most.length ? run : most), []);
}

function largestGroup<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

function lowerMedian(values: readonly bigint[]): bigint | undefined {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** @param group answers that differ in lamports at most */
function withMedianLamports(
  group: readonly (readonly (RawAccount | null)[])[],
): readonly (RawAccount | null)[] {
  const [first = []] = group;
  return first.map((account, at) => {
    if (account === null) return null;
    const lamports = lowerMedian(group.flatMap((accounts) => accounts[at]?.lamports ?? []));
    return { ...account, lamports: lamports ?? account.lamports };
  });
}

function byAddress(a: RawAccount, b: RawAccount): number {
  return a.address.toBase58() < b.address.toBase58() ? -1 : 1;
}

function fingerprint(accounts: readonly (RawAccount | null)[], withLamports: boolean): string {
  const hash = sha256.create();
  const number = (value: bigint) => hash.update(new Uint8Array(BigUint64Array.of(value).buffer));
  number(BigInt(accounts.length));
  for (const account of accounts) {
    hash.update(Uint8Array.of(account === null ? 0 : account.executable ? 2 : 1));
    if (account === null) continue;
    hash.update(account.address.toBytes()).update(account.owner.toBytes());
    number(BigInt(account.data.length));
    hash.update(account.data);
    if (withLamports) number(account.lamports);
  }
  return bytesToHex(hash.digest());
}
