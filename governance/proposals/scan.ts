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

/** A config transaction that is before the council. No text compiles to one, so that its verdict is never `match`. */
export type OpenChange = Pick<SipTransaction, 'transactionIndex' | 'creator' | 'state' | 'verification'>;

export interface Scan {
  readonly council: Council;
  readonly now: UnixSeconds;
  /** At which the clock was read. */
  readonly slot: bigint;
  /** Every transaction of the council, oldest first. */
  readonly pairs: readonly TransactionPair[];
  /** Those that name a text at hand, newest first. */
  readonly transactions: readonly SipTransaction[];
  /** Changes of the council itself that can still take effect, newest first. */
  readonly changes: readonly OpenChange[];
}

/**
 * Every transaction of the council that names one of these texts by digest, judged.
 * @throws SipError NOT_A_COUNCIL and what the reader throws.
 */
export async function scanCouncil(reader: ChainReader, pins: Pins, library: SipLibrary): Promise<Scan> {
  const council = await readCouncil(reader, pins.council);
  const { unixTimestamp: now, slot } = await reader.clock();
  const pairs = await readTransactions(reader, pins.council, { from: 1n, to: council.transactionIndex });
  const newest = [...pairs].reverse();
  const named = newest.flatMap((pair) => {
    const announcement = announcementOf(pair);
    return announcement && library.byDigest(announcement.digest) ? [{ pair, announcement }] : [];
  });
  const stateOf = ({ proposal, index }: TransactionPair) => classify(council, proposal, index, now);
  const open = newest.filter((pair) => pair.transaction?.kind === 'config' && isOpen(stateOf(pair)));
  const indexes = [...named.map(({ pair }) => pair), ...open].map(({ index }) => index);
  const judged = await judgeTransactions(reader, pins, indexes, { library });
  const described = (pair: TransactionPair, at: number): OpenChange => ({
    transactionIndex: pair.index,
    creator: creatorOf(pair),
    state: stateOf(pair),
    verification: judged[at]!.verification,
  });
  const transactions = named.map(({ pair, announcement }, at) => ({ ...described(pair, at), announcement }));
  const changes = open.map((pair, at) => described(pair, named.length + at));
  return { council, now, slot, pairs, transactions, changes };
}

const isOpen = ({ kind, stale }: ProposalState): boolean =>
  !stale && (kind === 'active' || kind === 'approved');

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
