import { type Cursor, type Read, read, type Span } from '../bytes.ts';
import { expectType, roomAt, type VoteThreshold, variant, voteThresholdAt } from './layout.ts';

const STATES = [
  'draft',
  'signing-off',
  'voting',
  'succeeded',
  'executing',
  'completed',
  'cancelled',
  'defeated',
  'executing-with-errors',
  'vetoed',
] as const;
export type RealmsProposalState = (typeof STATES)[number];

const RESULTS = ['none', 'succeeded', 'defeated'] as const;
const CHOICES = ['full-weight', 'weighted'] as const;
const FLAGS = ['none', 'ordered', 'use-transaction'] as const;

export interface ProposalOption {
  readonly label: string;
  readonly voteWeight: bigint;
  readonly result: (typeof RESULTS)[number];
  readonly executed: number;
  /** Transactions it has now. */
  readonly transactions: number;
  /** One above the highest index that a transaction of it ever had. */
  readonly nextIndex: number;
  readonly bytes: Span;
}

export type VoteType =
  | { readonly kind: 'single-choice' }
  | { readonly kind: 'multi-choice'; readonly weight: (typeof CHOICES)[number] };

export interface RealmsProposal {
  readonly governance: Uint8Array;
  /** Whose holders vote. */
  readonly governingTokenMint: Uint8Array;
  readonly state: RealmsProposalState;
  /** Of whoever proposed it. */
  readonly tokenOwnerRecord: Uint8Array;
  readonly signatories: number;
  readonly signedOff: number;
  readonly voteType: VoteType;
  readonly options: readonly ProposalOption[];
  /** Null for a survey, whose transactions never execute. */
  readonly denyVoteWeight: bigint | null;
  readonly abstainVoteWeight: bigint | null;
  /** Unix seconds each, but for the slot. */
  readonly startVotingAt: bigint | null;
  readonly draftAt: bigint;
  readonly signingOffAt: bigint | null;
  readonly votingAt: bigint | null;
  readonly votingAtSlot: bigint | null;
  readonly votingCompletedAt: bigint | null;
  readonly executingAt: bigint | null;
  readonly closedAt: bigint | null;
  readonly executionFlags: (typeof FLAGS)[number];
  readonly maxVoteWeight: bigint | null;
  readonly maxVotingSeconds: number | null;
  /** At which it was decided; null before. */
  readonly decidedAt: VoteThreshold | null;
  readonly name: string;
  readonly descriptionLink: string;
  readonly vetoVoteWeight: bigint;
  readonly spans: {
    readonly governance: Span;
    readonly governingTokenMint: Span;
    readonly state: Span;
    readonly options: Span;
    readonly name: Span;
    readonly descriptionLink: Span;
    readonly room: Span;
  };
}

/** The length when every option is there, without the texts; what the program allocates. */
const FIXED_BYTES = 297;
const OPTION_BYTES = 19;
const MAX_OPTIONS = 10;
const SINGLE_CHOICE = 0;

/** Of several options; the limits have one value each in this program version. */
function voteTypeAt(cursor: Cursor): { voteType: VoteType; limit: number | null; at: number } {
  const at = cursor.at;
  if (cursor.tag(2, 'a vote type of 0 or 1') === SINGLE_CHOICE)
    return { voteType: { kind: 'single-choice' }, limit: null, at };
  const weight = variant(cursor, CHOICES, 'a choice type');
  if (cursor.u8() !== 1) cursor.fail('at least 1 choice per voter', cursor.at - 1);
  const limit = cursor.u8();
  if (cursor.u8() !== limit) cursor.fail(`${limit} winning options`, cursor.at - 1);
  return { voteType: { kind: 'multi-choice', weight }, limit, at };
}

function optionAt(cursor: Cursor): ProposalOption {
  const from = cursor.at;
  const label = cursor.text();
  if (label === '') cursor.fail('a label', from);
  const voteWeight = cursor.u64();
  const result = variant(cursor, RESULTS, 'a result');
  const [executed, transactions, nextIndex] = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (transactions > nextIndex) cursor.fail(`at most ${nextIndex} transactions`, cursor.at - 4);
  if (executed > transactions) cursor.fail(`at most ${transactions} executed`, cursor.at - 6);
  return { label, voteWeight, result, executed, transactions, nextIndex, bytes: [from, cursor.at] };
}

function optionsAt(cursor: Cursor): readonly ProposalOption[] {
  const from = cursor.at;
  const count = cursor.u32();
  if (count < 1 || count > MAX_OPTIONS) cursor.fail(`1 to ${MAX_OPTIONS} options`, from);
  return cursor.list(count, OPTION_BYTES, () => optionAt(cursor));
}

/** A proposal. Its seed is not in it: that it is at its address only its owner, the program, vouches for. */
export const decodeRealmsProposal = (data: Uint8Array): Read<RealmsProposal> =>
  read(data, (cursor) => {
    expectType(cursor, ['ProposalV2']);
    const governance = cursor.key();
    const governingTokenMint = cursor.key();
    const state = variant(cursor, STATES, 'a proposal state');
    const tokenOwnerRecord = cursor.key();
    const [signatories, signedOff] = [cursor.u8(), cursor.u8()];
    if (signedOff > signatories) cursor.fail(`at most ${signatories} signed off`, cursor.at - 1);
    const { voteType, limit, at } = voteTypeAt(cursor);
    const optionsFrom = cursor.at;
    const options = optionsAt(cursor);
    const optionsTo = cursor.at;
    if (limit !== null && (limit !== options.length || limit === 1))
      cursor.fail(`a choice among ${options.length} options`, at);
    const denyVoteWeight = cursor.option(cursor.u64);
    cursor.zeros(1);
    const times = {
      abstainVoteWeight: cursor.option(cursor.u64),
      startVotingAt: cursor.option(cursor.i64),
      draftAt: cursor.i64(),
      signingOffAt: cursor.option(cursor.i64),
      votingAt: cursor.option(cursor.i64),
      votingAtSlot: cursor.option(cursor.u64),
      votingCompletedAt: cursor.option(cursor.i64),
      executingAt: cursor.option(cursor.i64),
      closedAt: cursor.option(cursor.i64),
      executionFlags: variant(cursor, FLAGS, 'execution flags'),
      maxVoteWeight: cursor.option(cursor.u64),
      maxVotingSeconds: cursor.option(cursor.u32),
      decidedAt: cursor.option(() => voteThresholdAt(cursor)),
    };
    cursor.zeros(64);
    const nameFrom = cursor.at;
    const name = cursor.text();
    const linkFrom = cursor.at;
    const descriptionLink = cursor.text();
    const linkTo = cursor.at;
    const vetoVoteWeight = cursor.u64();
    const texts = linkTo - nameFrom - 8 + (optionsTo - optionsFrom - 4);
    return {
      ...{ governance, governingTokenMint, state, tokenOwnerRecord, signatories, signedOff },
      ...{ voteType, options, denyVoteWeight, ...times, name, descriptionLink, vetoVoteWeight },
      spans: {
        governance: [1, 33],
        governingTokenMint: [33, 65],
        state: [65, 66],
        options: [optionsFrom, optionsTo],
        name: [nameFrom, linkFrom],
        descriptionLink: [linkFrom, linkTo],
        room: roomAt(cursor, FIXED_BYTES + texts - cursor.at),
      },
    };
  });
