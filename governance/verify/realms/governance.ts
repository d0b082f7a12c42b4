import { type Cursor, type Read, read, type Span } from '../bytes.ts';
import { expectType, roomAt, type VoteThreshold, variant, voteThresholdAt } from './layout.ts';

const GOVERNANCE_TYPES = [
  'GovernanceV2',
  'ProgramGovernanceV2',
  'MintGovernanceV2',
  'TokenGovernanceV2',
] as const;
export type GovernanceType = (typeof GOVERNANCE_TYPES)[number];

const TIPPINGS = ['strict', 'early', 'disabled'] as const;
/** When a vote ends before its time. */
export type VoteTipping = (typeof TIPPINGS)[number];

export interface GovernanceConfig {
  readonly communityVoteThreshold: VoteThreshold;
  readonly minCommunityWeightToCreateProposal: bigint;
  /** Between the end of a vote and execution, at the least. */
  readonly minHoldUpSeconds: number;
  readonly votingSeconds: number;
  readonly communityVoteTipping: VoteTipping;
  readonly councilVoteThreshold: VoteThreshold;
  readonly councilVetoVoteThreshold: VoteThreshold;
  readonly minCouncilWeightToCreateProposal: bigint;
  readonly councilVoteTipping: VoteTipping;
  readonly communityVetoVoteThreshold: VoteThreshold;
  /** After `votingSeconds`, for denials and vetoes only. */
  readonly coolOffSeconds: number;
  readonly depositExemptProposals: number;
}

export interface Governance {
  readonly type: GovernanceType;
  readonly realm: Uint8Array;
  /** A seed of its address; any key at all for a plain governance. */
  readonly governedAccount: Uint8Array;
  /** Counter of proposals of earlier program versions, which the program keeps and ignores. */
  readonly legacyProposals: number;
  readonly config: GovernanceConfig;
  readonly requiredSignatories: number;
  readonly activeProposals: bigint;
  readonly spans: {
    readonly type: Span;
    readonly realm: Span;
    readonly governedAccount: Span;
    readonly config: Span;
    readonly room: Span;
  };
}

/** Always: the program allocates for four thresholds with a percentage. */
const GOVERNANCE_BYTES = 236;

function configAt(cursor: Cursor): GovernanceConfig {
  const tipping = () => variant(cursor, TIPPINGS, 'a vote tipping');
  return {
    communityVoteThreshold: voteThresholdAt(cursor),
    minCommunityWeightToCreateProposal: cursor.u64(),
    minHoldUpSeconds: cursor.u32(),
    votingSeconds: cursor.u32(),
    communityVoteTipping: tipping(),
    councilVoteThreshold: voteThresholdAt(cursor),
    councilVetoVoteThreshold: voteThresholdAt(cursor),
    minCouncilWeightToCreateProposal: cursor.u64(),
    councilVoteTipping: tipping(),
    communityVetoVoteThreshold: voteThresholdAt(cursor),
    coolOffSeconds: cursor.u32(),
    depositExemptProposals: cursor.u8(),
  };
}

/** A governance of program version 3 or later; what it governs is in the type and in its address. */
export const decodeGovernance = (data: Uint8Array): Read<Governance> =>
  read(data, (cursor) => {
    const type = expectType(cursor, GOVERNANCE_TYPES);
    const realm = cursor.key();
    const governedAccount = cursor.key();
    const legacyProposals = cursor.u32();
    const configFrom = cursor.at;
    const config = configAt(cursor);
    const configTo = cursor.at;
    cursor.zeros(119);
    return {
      type,
      realm,
      governedAccount,
      legacyProposals,
      config,
      requiredSignatories: cursor.u8(),
      activeProposals: cursor.u64(),
      spans: {
        type: [0, 1],
        realm: [1, 33],
        governedAccount: [33, 65],
        config: [configFrom, configTo],
        room: roomAt(cursor, GOVERNANCE_BYTES - cursor.at),
      },
    };
  });
