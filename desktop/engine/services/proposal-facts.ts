import type { ProposalRow, ProposalView } from '#desktop/shared/views/index.ts';
import type { Judgement } from '#governance/proposals/judge.ts';
import { announcementOf } from '#governance/proposals/scan.ts';
import type { UnixSeconds } from '#governance/types.ts';
import type { Council, TransactionPair } from '#governance/venues/squads/state.ts';
import type { ProposalState } from '#governance/venues/squads/status.ts';
import type { World } from '../world.ts';
import { partText } from './words.ts';

/** One transaction of the council as read at one moment. */
export interface Facts extends Judgement {
  readonly council: Council;
  readonly pair: TransactionPair;
  readonly state: ProposalState;
  readonly now: UnixSeconds;
  readonly slot: bigint;
}

type Named = Pick<Facts, 'verification' | 'sip' | 'pair'>;

export function titleOf({ verification, sip, pair }: Named): string {
  if (sip)
    return `SIP-${sip.header.sip} · ${sip.header.title}${partText(verification.part, verification.parts)}`;
  if (pair.transaction?.kind === 'config') return `Change of the council, transaction ${pair.index}`;
  const claimed = announcementOf(pair);
  return claimed
    ? `Transaction ${pair.index} claims to be SIP-${claimed.number}`
    : `Transaction ${pair.index}`;
}

function stateWord({ kind, stale }: ProposalState): string {
  const word = kind === 'none' ? 'not opened' : kind;
  return stale && kind !== 'executed' ? `${word}, stale` : word;
}

export function rowOf(facts: Named & Pick<Facts, 'state'>, { nameOf }: World): ProposalRow {
  const { pair, sip, verification, state } = facts;
  const { transaction, proposal } = pair;
  return {
    transactionIndex: pair.index.toString(),
    title: titleOf(facts),
    sip: sip?.header.sip ?? null,
    state: stateWord(state),
    verdict: verification.verdict,
    votes: proposal
      ? `${proposal.approved.length} approved, ${proposal.rejected.length} rejected`
      : 'no proposal',
    creator:
      transaction === null || transaction.kind === 'unreadable' ? 'unknown' : nameOf(transaction.creator),
  };
}

export function votesOf(
  { council, pair }: Facts,
  { seats }: World,
  me: string | undefined,
): ProposalView['votes'] {
  const { proposal } = pair;
  return council.members
    .map(({ key, permissions }) => ({
      seat: seats.find(({ publicKey }) => publicKey === key)?.name ?? 'Member',
      publicKey: key,
      permissions: [...permissions],
      // Who cancels has often approved before: the later vote is the one to see.
      cast: proposal?.cancelled.includes(key)
        ? ('cancelled' as const)
        : proposal?.approved.includes(key)
          ? ('approved' as const)
          : proposal?.rejected.includes(key)
            ? ('rejected' as const)
            : permissions.includes('vote')
              ? ('none' as const)
              : ('cannot' as const),
      me: key === me,
    }))
    .sort((a, b) => a.seat.localeCompare(b.seat));
}
