import { postureDifference } from '../posture/difference.ts';
import type { PostureFinding } from '../posture/finding.ts';
import type { Config } from '../restaking/accounts.ts';
import type { Sip } from '../sip/document.ts';
import { classify } from '../venues/squads/status.ts';
import { decodeConfigTransaction } from '../verify/index.ts';
import { wordsOfActions } from '../verify/signing/config-actions.ts';
import { type CouncilChange, councilChanges } from '../words/council-change.ts';
import { hashOfChange, textsAnnouncing } from './announced-change.ts';
import { councilAfter } from './council-after.ts';
import type { SipLibrary } from './library.ts';
import { announcementOf, type Scan } from './scan.ts';

/** A config transaction as a member has to know it before voting: what it does, what that means, who announces it. */
export interface CouncilChangeReview {
  /** Its actions in their order, a sentence each. */
  readonly sentences: readonly string[];
  /** Before → after; empty where what it leaves cannot be told. */
  readonly changes: readonly CouncilChange[];
  /** Why it would not run, or why nobody can tell what it leaves. */
  readonly trouble: string | null;
  /** What could be said of the council afterwards and not now. */
  readonly posture: readonly PostureFinding[];
  readonly makesStale: boolean;
  /** Transactions that could not take effect any more: votes end, SIPs are refused by the program. Newest first. */
  readonly voids: readonly { readonly transactionIndex: bigint; readonly sip: number | null }[];
  /** Of its actions, as a text names it that announces them. */
  readonly hash: string;
  readonly announcedBy: readonly Sip[];
}

/**
 * Null where the strict decoder cannot read the account's bytes: then nobody should approve it. Pure.
 * @param config of the program, where it is initialized
 */
export function reviewChange(
  data: Uint8Array,
  { council, now, pairs }: Pick<Scan, 'council' | 'now' | 'pairs'>,
  config: Config | undefined,
  library: SipLibrary,
): CouncilChangeReview | null {
  const read = decodeConfigTransaction(data);
  if (!read.ok) return null;
  const { actions, actionBytes, index: own } = read.value;
  const { council: after, trouble, makesStale } = councilAfter(council, actions);
  const hash = hashOfChange(council.address, actionBytes);
  const endangered = [...pairs].reverse().flatMap((pair) => {
    const { index, transaction, proposal } = pair;
    const state = classify(council, proposal, index, now);
    const sip = announcementOf(pair)?.number ?? null;
    // Squads goes on to run an approved vault transaction; the program refuses what a SIP asks of it.
    const open = state.kind === 'approved' ? sip !== null || transaction?.kind === 'config' : isOpen(state);
    return index !== own && open && !state.stale ? [{ transactionIndex: index, sip }] : [];
  });
  return {
    sentences: actions.map((action) =>
      wordsOfActions([action])
        .map(({ label, value }) => `${label} ${value}`)
        .join(', '),
    ),
    changes: after === null ? [] : councilChanges(council, after, actions),
    trouble,
    posture: after === null || trouble !== null ? [] : postureDifference(council, after, config),
    makesStale,
    voids: makesStale ? endangered : [],
    hash,
    announcedBy: textsAnnouncing(library, council.address, hash),
  };
}

const isOpen = ({ kind }: { readonly kind: string }): boolean => kind === 'active' || kind === 'draft';
