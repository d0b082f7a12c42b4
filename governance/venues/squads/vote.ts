import { addressOf, keyOf } from '../../chain/address.ts';
import type { Signer } from '../../chain/ports.ts';
import type { Address } from '../../types.ts';
import { hasCancelV2 } from './cancel-v2.ts';
import { proposalApprove, proposalCancel, proposalCancelV2, proposalReject } from './instructions.ts';
import {
  failedWith,
  type Landed,
  lacking,
  type NotDone,
  notDone,
  notLanded,
  sendStep,
  type VenueOptions,
  type VenuePorts,
} from './outcome.ts';
import { type Council, type Proposal, readCouncil, readTransaction } from './state.ts';
import { classify, type ProposalState } from './status.ts';

export type Vote = 'approve' | 'reject' | 'cancel';

export type VoteOutcome =
  | { readonly kind: 'voted'; readonly landed: Landed /** After the vote. */; readonly state: ProposalState }
  /** This member's vote stands already. */
  | { readonly kind: 'already-voted'; readonly state: ProposalState }
  | NotDone;

export interface VoteRequest {
  readonly council: Address;
  readonly transactionIndex: bigint;
  readonly vote: Vote;
  /** A member with Vote; pays the fee. */
  readonly member: Signer;
}

const WANTED = { approve: 'approved', reject: 'rejected', cancel: 'cancelled' } as const;

/**
 * Casts one vote after checking everything Squads will check. What the proposal says is not looked at here: the
 * verdict comes before.
 */
export async function castVote(
  ports: VenuePorts,
  request: VoteRequest,
  options: VenueOptions = {},
): Promise<VoteOutcome> {
  const { vote, member, transactionIndex } = request;
  const before = await look(ports, request);
  const denied = lacking(before.council, member, 'vote');
  if (denied) return denied;
  if (before.proposal === null) return notDone('PROPOSAL_NOT_FOUND', { transactionIndex });
  if (votesOf(before.proposal, vote).includes(addressOf(member.publicKey)))
    return { kind: 'already-voted', state: before.state };
  const obstacle = obstacleTo(vote, before.state, before.council);
  if (obstacle) return obstacle;

  const build = await instructionFor(ports, request, before.proposal);
  if (build === undefined) return notDone('CANCEL_UNSUPPORTED', { transactionIndex });
  const instruction = build({ council: keyOf(request.council), transactionIndex, member: member.publicKey });
  const outcome = await sendStep(
    ports,
    {
      council: before.council,
      transactionIndex,
      signer: member,
      instructions: [instruction],
      describe: `${vote} transaction ${transactionIndex}`,
    },
    options,
  );
  if (outcome.kind === 'landed')
    return { kind: 'voted', landed: outcome, state: (await look(ports, request)).state };
  if (failedWith(outcome, 'AlreadyApproved', 'AlreadyRejected', 'AlreadyCancelled'))
    return { kind: 'already-voted', state: (await look(ports, request)).state };
  return notLanded(outcome);
}

async function look({ rpc }: VenuePorts, { council: address, transactionIndex }: VoteRequest) {
  const council = await readCouncil(rpc, address);
  const { proposal } = await readTransaction(rpc, address, transactionIndex);
  const { unixTimestamp } = await rpc.clock();
  return { council, proposal, state: classify(council, proposal, transactionIndex, unixTimestamp) };
}

function votesOf(proposal: Proposal, vote: Vote): readonly Address[] {
  return proposal[WANTED[vote]];
}

/** Squads' rules: approve and reject only while active and not stale; cancel only when approved, stale or not. */
function obstacleTo(vote: Vote, state: ProposalState, council: Council): NotDone | undefined {
  const { transactionIndex } = state;
  const { staleTransactionIndex } = council;
  const rightStatus = vote === 'cancel' ? 'approved' : 'active';
  if (vote !== 'cancel' && state.stale && (state.kind === 'active' || state.kind === 'draft'))
    return notDone('PROPOSAL_STALE', { transactionIndex, staleTransactionIndex });
  if (state.kind !== rightStatus)
    return notDone('PROPOSAL_WRONG_STATUS', { transactionIndex, status: state.kind, wanted: WANTED[vote] });
  return undefined;
}

async function instructionFor({ rpc }: VenuePorts, { vote, member }: VoteRequest, proposal: Proposal) {
  if (vote === 'approve') return proposalApprove;
  if (vote === 'reject') return proposalReject;
  // The account was made for the members of its time; a council that has grown may find no room for its votes.
  if (proposal.room > 0) return proposalCancel;
  return (await hasCancelV2(rpc, member.publicKey)) ? proposalCancelV2 : undefined;
}
