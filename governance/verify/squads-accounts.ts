import { sha256 } from '@noble/hashes/sha2';
import type { MembersHash } from '../types.ts';
import {
  type Cursor,
  concat,
  hex,
  leBytes,
  type Read,
  read,
  readExactly,
  type Span,
  sameBytes,
} from './bytes.ts';
import { accountDiscriminator } from './discriminator.ts';
import { type MessageSpans, storedMessageAt, type VaultMessage } from './wire.ts';

/** Squads v4's accounts, from the layouts of its published source (squads-multisig-program 2.0.0, `src/state`). */

const DISCRIMINATORS = {
  Multisig: accountDiscriminator('Multisig'),
  Proposal: accountDiscriminator('Proposal'),
  VaultTransaction: accountDiscriminator('VaultTransaction'),
  ConfigTransaction: accountDiscriminator('ConfigTransaction'),
  Batch: accountDiscriminator('Batch'),
  VaultBatchTransaction: accountDiscriminator('VaultBatchTransaction'),
  TransactionBuffer: accountDiscriminator('TransactionBuffer'),
  SpendingLimit: accountDiscriminator('SpendingLimit'),
  ProgramConfig: accountDiscriminator('ProgramConfig'),
} as const;
export type SquadsAccountType = keyof typeof DISCRIMINATORS;

/** What the first eight bytes say an account of Squads is; undefined for bytes that Squads never wrote. */
export function squadsAccountType(data: Uint8Array): SquadsAccountType | undefined {
  const head = data.subarray(0, 8);
  const known = Object.keys(DISCRIMINATORS) as SquadsAccountType[];
  return known.find((name) => sameBytes(DISCRIMINATORS[name], head));
}

export function expectType(cursor: Cursor, name: SquadsAccountType): void {
  if (!sameBytes(cursor.take(8), DISCRIMINATORS[name])) cursor.fail(`a Squads ${name}`, 0);
}

const ALL_PERMISSIONS = 0b111;
const INITIATE = 0b001;
const VOTE = 0b010;

export interface Member {
  readonly key: Uint8Array;
  /** 1 initiate, 2 vote, 4 execute. */
  readonly mask: number;
}

export const mayInitiate = (member: Member): boolean => (member.mask & INITIATE) !== 0;

export interface Multisig {
  readonly createKey: Uint8Array;
  /** All zero for an autonomous council. */
  readonly configAuthority: Uint8Array;
  readonly threshold: number;
  readonly timeLockSeconds: number;
  readonly transactionIndex: bigint;
  readonly staleTransactionIndex: bigint;
  readonly rentCollector: Uint8Array | null;
  readonly bump: number;
  /** In stored order, which is key order. */
  readonly members: readonly Member[];
}

function memberAt(cursor: Cursor): Member {
  return { key: cursor.key(), mask: cursor.tag(ALL_PERMISSIONS + 1, 'a permission mask below 8') };
}

function multisigAt(cursor: Cursor): Multisig {
  expectType(cursor, 'Multisig');
  const multisig: Multisig = {
    createKey: cursor.key(),
    configAuthority: cursor.key(),
    threshold: cursor.u16(),
    timeLockSeconds: cursor.u32(),
    transactionIndex: cursor.u64(),
    staleTransactionIndex: cursor.u64(),
    rentCollector: cursor.option(cursor.key),
    bump: cursor.u8(),
    members: cursor.list(cursor.u32(), 33, () => memberAt(cursor)),
  };
  const { members, threshold, staleTransactionIndex, transactionIndex } = multisig;
  // Squads keeps these after every instruction; bytes that break one are not its own.
  for (let i = 1; i < members.length; i++) {
    if (hex(members[i - 1]!.key) >= hex(members[i]!.key))
      cursor.fail('members in ascending order', cursor.at);
  }
  const voters = members.filter((member) => (member.mask & VOTE) !== 0).length;
  if (threshold < 1 || threshold > voters) cursor.fail(`a threshold from 1 to ${voters}`, 72);
  if (staleTransactionIndex > transactionIndex) cursor.fail('a stale index not above the last index', 86);
  return multisig;
}

/**
 * A multisig account. It may be longer than what is used: room for a rent collector is always there, room for
 * members grows by ten, and Squads leaves the bytes of removed members where they were. They mean nothing.
 */
export const decodeMultisig = (data: Uint8Array): Read<Multisig> => read(data, multisigAt);

/** SHA-256 of key ‖ permission mask of every member in stored order: what `begin_sip` compares on chain. */
export function membersHashOf(members: readonly Member[]): MembersHash {
  return hex(sha256(concat(members.flatMap((m) => [m.key, leBytes(m.mask, 1)])))) as MembersHash;
}

const STATUSES = ['draft', 'active', 'rejected', 'approved', 'executing', 'executed', 'cancelled'] as const;
export type ProposalStatus = (typeof STATUSES)[number];

export interface Proposal {
  readonly multisig: Uint8Array;
  readonly transactionIndex: bigint;
  readonly status: ProposalStatus;
  /** Unix seconds at which the status was reached; null for `executing`, which has none. */
  readonly since: bigint | null;
  readonly bump: number;
  readonly approved: readonly Uint8Array[];
  readonly rejected: readonly Uint8Array[];
  readonly cancelled: readonly Uint8Array[];
}

/** Longer than what is used as a rule: three votes of every member fit from the start. */
export const decodeProposal = (data: Uint8Array): Read<Proposal> =>
  read(data, (cursor) => {
    expectType(cursor, 'Proposal');
    const multisig = cursor.key();
    const transactionIndex = cursor.u64();
    const status = STATUSES[cursor.tag(STATUSES.length, 'a proposal status from 0 to 6')]!;
    return {
      multisig,
      transactionIndex,
      status,
      since: status === 'executing' ? null : cursor.i64(),
      bump: cursor.u8(),
      approved: cursor.list(cursor.u32(), 32, cursor.key),
      rejected: cursor.list(cursor.u32(), 32, cursor.key),
      cancelled: cursor.list(cursor.u32(), 32, cursor.key),
    };
  });

export interface VaultTransaction {
  readonly multisig: Uint8Array;
  readonly creator: Uint8Array;
  readonly index: bigint;
  readonly bump: number;
  readonly vaultIndex: number;
  readonly vaultBump: number;
  readonly ephemeralSignerBumps: Uint8Array;
  readonly message: VaultMessage;
  readonly spans: VaultTransactionSpans;
}

export interface VaultTransactionSpans {
  readonly multisig: Span;
  readonly creator: Span;
  readonly index: Span;
  readonly bump: Span;
  /** vault_index and vault_bump. */
  readonly vault: Span;
  /** Length prefix and bumps. */
  readonly ephemeral: Span;
  readonly message: MessageSpans;
}

/**
 * A vault transaction. Squads allocates exactly what it writes, so a byte after `used` was not written by it:
 * the caller compares `used` with the length.
 */
export const decodeVaultTransaction = (data: Uint8Array): Read<VaultTransaction> =>
  read(data, (cursor) => {
    expectType(cursor, 'VaultTransaction');
    const multisig = cursor.key();
    const creator = cursor.key();
    const index = cursor.u64();
    const bump = cursor.u8();
    const vaultIndex = cursor.u8();
    const vaultBump = cursor.u8();
    const ephemeralFrom = cursor.at;
    const ephemeralSignerBumps = cursor.take(cursor.u32());
    const ephemeral: Span = [ephemeralFrom, cursor.at];
    const { message, spans } = storedMessageAt(cursor);
    return {
      multisig,
      creator,
      index,
      bump,
      vaultIndex,
      vaultBump,
      ephemeralSignerBumps,
      message,
      spans: {
        multisig: [8, 40],
        creator: [40, 72],
        index: [72, 80],
        bump: [80, 81],
        vault: [81, 83],
        ephemeral,
        message: spans,
      },
    };
  });

const PERIODS = ['one-time', 'day', 'week', 'month'] as const;

export type ConfigAction =
  | { readonly kind: 'add-member'; readonly member: Member }
  | { readonly kind: 'remove-member'; readonly key: Uint8Array }
  | { readonly kind: 'change-threshold'; readonly threshold: number }
  | { readonly kind: 'set-time-lock'; readonly timeLockSeconds: number }
  | {
      readonly kind: 'add-spending-limit';
      readonly createKey: Uint8Array;
      readonly vaultIndex: number;
      readonly mint: Uint8Array;
      readonly amountBaseUnits: bigint;
      readonly period: (typeof PERIODS)[number];
      readonly members: readonly Uint8Array[];
      /** Empty: anywhere. */
      readonly destinations: readonly Uint8Array[];
    }
  | { readonly kind: 'remove-spending-limit'; readonly spendingLimit: Uint8Array }
  | { readonly kind: 'set-rent-collector'; readonly rentCollector: Uint8Array | null };

function configActionAt(cursor: Cursor): ConfigAction {
  const variants: readonly (() => ConfigAction)[] = [
    () => ({ kind: 'add-member', member: memberAt(cursor) }),
    () => ({ kind: 'remove-member', key: cursor.key() }),
    () => ({ kind: 'change-threshold', threshold: cursor.u16() }),
    () => ({ kind: 'set-time-lock', timeLockSeconds: cursor.u32() }),
    () => ({
      kind: 'add-spending-limit',
      createKey: cursor.key(),
      vaultIndex: cursor.u8(),
      mint: cursor.key(),
      amountBaseUnits: cursor.u64(),
      period: PERIODS[cursor.tag(PERIODS.length, 'a period from 0 to 3')]!,
      members: cursor.list(cursor.u32(), 32, cursor.key),
      destinations: cursor.list(cursor.u32(), 32, cursor.key),
    }),
    () => ({ kind: 'remove-spending-limit', spendingLimit: cursor.key() }),
    () => ({ kind: 'set-rent-collector', rentCollector: cursor.option(cursor.key) }),
  ];
  return variants[cursor.tag(variants.length, 'a config action from 0 to 6')]!();
}

export interface ConfigTransaction {
  readonly multisig: Uint8Array;
  readonly creator: Uint8Array;
  readonly index: bigint;
  readonly bump: number;
  readonly actions: readonly ConfigAction[];
  /** Borsh of the whole vector: what a SIP's `record_external` of kind 1 hashes. */
  readonly actionBytes: Uint8Array;
}

/** A config transaction; allocated exactly, so a byte left over fails. */
export const decodeConfigTransaction = (data: Uint8Array): Read<ConfigTransaction> =>
  readExactly(data, (cursor) => {
    expectType(cursor, 'ConfigTransaction');
    const multisig = cursor.key();
    const creator = cursor.key();
    const index = cursor.u64();
    const bump = cursor.u8();
    const from = cursor.at;
    const actions = cursor.list(cursor.u32(), 1, () => configActionAt(cursor));
    return { multisig, creator, index, bump, actions, actionBytes: data.subarray(from, cursor.at) };
  });
