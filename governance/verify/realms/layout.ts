import type { Cursor, Span } from '../bytes.ts';

/** What the accounts of SPL Governance have in common, from the layouts of its published source (spl-governance 4.0.0). */

/** The first byte of each account. */
export const ACCOUNT_TYPES = [
  'Uninitialized',
  'RealmV1',
  'TokenOwnerRecordV1',
  'GovernanceV1',
  'ProgramGovernanceV1',
  'ProposalV1',
  'SignatoryRecordV1',
  'VoteRecordV1',
  'ProposalInstructionV1',
  'MintGovernanceV1',
  'TokenGovernanceV1',
  'RealmConfig',
  'VoteRecordV2',
  'ProposalTransactionV2',
  'ProposalV2',
  'ProgramMetadata',
  'RealmV2',
  'TokenOwnerRecordV2',
  'GovernanceV2',
  'ProgramGovernanceV2',
  'MintGovernanceV2',
  'TokenGovernanceV2',
  'SignatoryRecordV2',
  'ProposalDeposit',
  'RequiredSignatory',
] as const;
export type RealmsAccountType = (typeof ACCOUNT_TYPES)[number];

/** What the first byte says an account of SPL Governance is; undefined for a byte that it never wrote. */
export const realmsAccountType = (data: Uint8Array): RealmsAccountType | undefined =>
  data[0] === undefined ? undefined : ACCOUNT_TYPES[data[0]];

export function expectType<T extends RealmsAccountType>(cursor: Cursor, allowed: readonly T[]): T {
  const type = ACCOUNT_TYPES[cursor.u8()];
  const found = allowed.find((name) => name === type);
  return found ?? cursor.fail(`a ${allowed.join(' or ')} of SPL Governance`, cursor.at - 1);
}

/** Reads a one-byte enum without fields. */
export function variant<T extends string>(cursor: Cursor, names: readonly T[], what: string): T {
  return names[cursor.tag(names.length, `${what} from 0 to ${names.length - 1}`)]!;
}

/** Percent of all votes that a decision needs; disabled where these voters have no say. */
export type VoteThreshold = { readonly yesPercent: number } | 'disabled';

const YES_PERCENTAGE = 0;
const QUORUM_PERCENTAGE = 1;

/**
 * The program takes no quorum and no percentage but 1 to 100. A council threshold of 0 is how it knows an account of
 * its versions before 3, which has other fields here and is not read.
 */
export function voteThresholdAt(cursor: Cursor): VoteThreshold {
  const tag = cursor.tag(3, 'a vote threshold from 0 to 2');
  if (tag === QUORUM_PERCENTAGE) cursor.fail('a vote threshold other than a quorum', cursor.at - 1);
  if (tag !== YES_PERCENTAGE) return 'disabled';
  const yesPercent = cursor.u8();
  if (yesPercent < 1 || yesPercent > 100) cursor.fail('a percentage from 1 to 100', cursor.at - 1);
  return { yesPercent };
}

/** What follows the used part: the program allocates for every option there is, whether it is taken or not. */
export function roomAt(cursor: Cursor, length: number): Span {
  const from = cursor.at;
  cursor.take(length);
  return [from, cursor.at];
}

/**
 * From the first byte that belongs to nothing to the end; null when there is none. The room is zero: what shrinks
 * (a realm without its authority, a governance without a threshold) is followed by zeros that take its place.
 */
export function trailingBytes(data: Uint8Array, room: Span): Span | null {
  const [from, to] = room;
  const written = data.subarray(from, to).findIndex((byte) => byte !== 0);
  if (written >= 0) return [from + written, data.length];
  return to < data.length ? [to, data.length] : null;
}
