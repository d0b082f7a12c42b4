import type { Address } from '../types.ts';
import type { TransactionPair } from '../venues/squads/state.ts';
import { classify, type ProposalState } from '../venues/squads/status.ts';
import type { SipLibrary } from './library.ts';
import { announcementOf, type Scan } from './scan.ts';

/** A transaction that can still take effect and that no text at hand explains. Changes of the council are no strangers. */
export interface Stranger {
  readonly transactionIndex: bigint;
  /** Null where its account cannot be read. */
  readonly creator: Address | null;
  readonly state: ProposalState;
  /** `no-text`: it names a digest that no text at hand has. */
  readonly what: 'no-sip' | 'no-text' | 'batch' | 'unreadable';
  /** Of the SIP that it claims to be. */
  readonly sip: number | null;
}

/** Newest first. Pure: of what the scan has read. */
export function strangersIn({ council, now, pairs }: Scan, library: SipLibrary): readonly Stranger[] {
  return [...pairs].reverse().flatMap((pair): readonly Stranger[] => {
    const { transaction, proposal, index } = pair;
    // Most of a long history is over: what is said of a proposal by its status alone comes first.
    if (!OPEN.has(proposal?.status.kind ?? 'none') || transaction?.kind === 'config') return [];
    const state = classify(council, proposal, index, now);
    if (state.kind !== 'approved' && state.kind !== 'executing' && state.stale) return [];
    const announcement = announcementOf(pair);
    if (announcement && library.byDigest(announcement.digest)) return [];
    const creator = transaction === null || transaction.kind === 'unreadable' ? null : transaction.creator;
    const sip = announcement?.number ?? null;
    return [{ transactionIndex: index, creator, state, what: whatOf(pair, sip !== null), sip }];
  });
}

/** Squads executes what was approved before the council changed, too; votes on the others end with the change. */
const OPEN: ReadonlySet<string> = new Set(['draft', 'active', 'approved', 'executing']);

function whatOf({ transaction }: TransactionPair, isAnnounced: boolean): Stranger['what'] {
  if (transaction?.kind === 'batch') return 'batch';
  if (transaction?.kind !== 'vault') return 'unreadable';
  return isAnnounced ? 'no-text' : 'no-sip';
}
