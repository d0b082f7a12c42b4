import type { ChainReader } from '../chain/ports.ts';
import type { Address, Pins, UnixSeconds } from '../types.ts';
import { type Council, readCouncil, readTransactions, type TransactionPair } from '../venues/squads/state.ts';
import { classify, type ProposalState } from '../venues/squads/status.ts';
import { type Announcement, decodeAnnouncement, type Verification } from '../verify/index.ts';
import { judgeTransactions } from './judge.ts';
import type { SipLibrary } from './library.ts';

/** A council transaction that names a SIP. Only with verdict `match` does it count for anything. */
export interface SipTransaction {
  readonly transactionIndex: bigint;
  readonly announcement: Announcement;
  readonly creator: Address;
  readonly state: ProposalState;
  readonly verification: Verification;
}

export interface Scan {
  readonly council: Council;
  readonly now: UnixSeconds;
  /** At which the clock was read. */
  readonly slot: bigint;
  /** Every transaction of the council, oldest first. */
  readonly pairs: readonly TransactionPair[];
  /** Those that name a text at hand, newest first. */
  readonly transactions: readonly SipTransaction[];
}

/**
 * Every transaction of the council that names one of these texts by digest, judged.
 * @throws SipError NOT_A_COUNCIL and what the reader throws.
 */
export async function scanCouncil(reader: ChainReader, pins: Pins, library: SipLibrary): Promise<Scan> {
  const council = await readCouncil(reader, pins.council);
  const { unixTimestamp: now, slot } = await reader.clock();
  const pairs = await readTransactions(reader, pins.council, { from: 1n, to: council.transactionIndex });
  const named = [...pairs].reverse().flatMap((pair) => {
    const announcement = announcementOf(pair);
    return announcement && library.byDigest(announcement.digest) ? [{ pair, announcement }] : [];
  });
  const indexes = named.map(({ pair }) => pair.index);
  const judged = await judgeTransactions(reader, pins, indexes, { library });
  const transactions = named.map(
    ({ pair, announcement }, at): SipTransaction => ({
      transactionIndex: pair.index,
      announcement,
      creator: creatorOf(pair),
      state: classify(council, pair.proposal, pair.index, now),
      verification: judged[at]!.verification,
    }),
  );
  return { council, now, slot, pairs, transactions };
}

/** The SIP that a transaction's bytes claim to carry, whoever wrote them. */
export function announcementOf({ transaction }: TransactionPair): Announcement | undefined {
  if (transaction?.kind !== 'vault') return undefined;
  for (const { data } of transaction.message.instructions) {
    const announcement = decodeAnnouncement(Uint8Array.from(data));
    if (announcement) return announcement;
  }
  return undefined;
}

function creatorOf({ transaction }: TransactionPair): Address {
  if (transaction === null || transaction.kind === 'unreadable') return '' as Address;
  return transaction.creator;
}
