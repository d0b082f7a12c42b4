import type { Digest, MembersHash } from '../types.ts';
import { type Cursor, hex, type Read, read, readExactly, sameBytes } from './bytes.ts';
import { accountDiscriminator, instructionDiscriminator } from './discriminator.ts';

/** What of the restaking program's bytes a verdict rests on. Layouts: programs/restaking/src. */

const BEGIN_SIP = instructionDiscriminator('begin_sip');
const ACCEPT_AUTHORITY = instructionDiscriminator('accept_authority');

/** Fields of an announcing instruction's data, by offset from its start; behind the discriminator they are all of it. */
export interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** A little-endian number; the rest are bytes. */
  readonly number?: true;
}

const BEGIN_FIELDS: readonly Field[] = [
  { name: 'number', from: 8, to: 12, number: true },
  { name: 'digest', from: 12, to: 44 },
  { name: 'part', from: 44, to: 45, number: true },
  { name: 'parts', from: 45, to: 46, number: true },
  { name: 'actions', from: 46, to: 47, number: true },
  { name: 'not_after', from: 47, to: 55, number: true },
  { name: 'members_hash', from: 55, to: 87 },
  { name: 'council_tx', from: 87, to: 95, number: true },
];

const ACCEPT_FIELDS: readonly Field[] = [
  { name: 'number', from: 8, to: 12, number: true },
  { name: 'digest', from: 12, to: 44 },
  { name: 'council_tx', from: 44, to: 52, number: true },
];

export const ANNOUNCEMENT_FIELDS = { 'begin-sip': BEGIN_FIELDS, 'accept-authority': ACCEPT_FIELDS } as const;

/** The instruction that ties a message to a text: begin_sip, or accept_authority, which is part 0 of its SIP. */
export interface Announcement {
  readonly kind: 'begin-sip' | 'accept-authority';
  readonly number: number;
  readonly digest: Digest;
  /** What is said after the digest; null when the data is not as long as the instruction's arguments. */
  readonly rest: {
    readonly part: number;
    readonly parts: number | null;
    readonly actions: number | null;
    /** Unix seconds. */
    readonly notAfter: bigint | null;
    readonly membersHash: MembersHash | null;
    readonly councilTx: bigint;
  } | null;
}

/** The fields of data that carries a known announcing instruction in its full length. */
export function announcementFields(data: Uint8Array): readonly Field[] | undefined {
  const head = data.subarray(0, 8);
  if (sameBytes(head, BEGIN_SIP) && data.length === 95) return BEGIN_FIELDS;
  if (sameBytes(head, ACCEPT_AUTHORITY) && data.length === 52) return ACCEPT_FIELDS;
  return undefined;
}

/**
 * Reads an announcing instruction; undefined for anything else. Data of the wrong length still names its SIP and
 * digest, so that such a message is compared with the text it claims instead of being called unknown.
 */
export function decodeAnnouncement(data: Uint8Array): Announcement | undefined {
  const head = data.subarray(0, 8);
  const begin = sameBytes(head, BEGIN_SIP);
  if (!begin && !sameBytes(head, ACCEPT_AUTHORITY)) return undefined;
  const claim = read(data, (cursor) => {
    cursor.take(8);
    return { number: cursor.u32(), digest: hex(cursor.take(32)) as Digest };
  });
  if (!claim.ok) return undefined;
  const rest = readExactly(data, (cursor) => {
    cursor.take(44);
    if (!begin) {
      const none = { parts: null, actions: null, notAfter: null, membersHash: null };
      return { part: 0, ...none, councilTx: cursor.u64() };
    }
    return {
      part: cursor.u8(),
      parts: cursor.u8(),
      actions: cursor.u8(),
      notAfter: cursor.i64(),
      membersHash: hex(cursor.take(32)) as MembersHash,
      councilTx: cursor.u64(),
    };
  });
  const kind = begin ? 'begin-sip' : 'accept-authority';
  return { kind, ...claim.value, rest: rest.ok ? rest.value : null };
}

export interface SipRecord {
  readonly number: number;
  readonly digest: Digest;
  /** Last part that took effect, from 1. */
  readonly part: number;
  readonly parts: number;
  readonly slot: bigint;
  readonly actions: number;
  readonly councilTx: bigint;
  /** Unix seconds. */
  readonly executedAt: bigint;
  readonly bump: number;
}

const SIP_RECORD = accountDiscriminator('SipRecord');

export const decodeSipRecord = (data: Uint8Array): Read<SipRecord> =>
  readExactly(data, (cursor) => {
    if (!sameBytes(cursor.take(8), SIP_RECORD)) cursor.fail('a SipRecord', 0);
    return {
      number: cursor.u32(),
      digest: hex(cursor.take(32)) as Digest,
      part: cursor.u8(),
      parts: cursor.u8(),
      slot: cursor.u64(),
      actions: cursor.u8(),
      councilTx: cursor.u64(),
      executedAt: cursor.i64(),
      bump: cursor.u8(),
    };
  });

export type Venue = 'squads' | 'realms';
export type PauseState = 'off' | 'guardian' | 'council';

export interface Floors {
  readonly minThreshold: number;
  readonly minTimeLockSeconds: number;
}

export interface RestakingConfig {
  readonly bump: number;
  readonly authority: Uint8Array;
  readonly epochAdmin: Uint8Array;
  readonly guardian: Uint8Array;
  readonly gatekeeper: Uint8Array;
  readonly guard: {
    readonly venue: Venue;
    readonly venueAccount: Uint8Array;
    readonly floors: Floors;
    readonly voteGovernance: Uint8Array;
  };
  /** Null when no hand-over waits: the program marks that with the default key. */
  readonly pending: PendingAuthority | null;
  readonly pause: PauseState;
  /** Unix seconds; 0 = never. */
  readonly guardianPausedAt: bigint;
  readonly nextEpoch: number;
  readonly nextActivation: number;
  readonly activeEpoch: number | null;
  readonly withdrawalsOpen: boolean;
  readonly sip: number;
}

export interface PendingAuthority {
  readonly authority: Uint8Array;
  readonly venue: Venue;
  readonly venueAccount: Uint8Array;
  readonly floors: Floors;
  /** Unix seconds; accepted at this second, refused one later. */
  readonly expiresAt: bigint;
  readonly sip: number;
  readonly digest: Digest;
}

const CONFIG = accountDiscriminator('Config');
const VENUES = ['squads', 'realms'] as const;
const PAUSES = ['off', 'guardian', 'council'] as const;
const RESERVED_BYTES = 128;

const venueAt = (cursor: Cursor): Venue => VENUES[cursor.tag(VENUES.length, 'a venue of 0 or 1')]!;
const floorsAt = (cursor: Cursor): Floors => ({
  minThreshold: cursor.u16(),
  minTimeLockSeconds: cursor.u32(),
});

function pendingAt(cursor: Cursor): PendingAuthority | null {
  const pending: PendingAuthority = {
    authority: cursor.key(),
    venue: venueAt(cursor),
    venueAccount: cursor.key(),
    floors: floorsAt(cursor),
    expiresAt: cursor.i64(),
    sip: cursor.u32(),
    digest: hex(cursor.take(32)) as Digest,
  };
  return pending.authority.every((byte) => byte === 0) ? null : pending;
}

/** The program's Config. Two bytes are left over while no epoch is active: an absent index takes none. */
export const decodeConfig = (data: Uint8Array): Read<RestakingConfig> =>
  read(data, (cursor) => {
    if (!sameBytes(cursor.take(8), CONFIG)) cursor.fail('a Config', 0);
    const config: RestakingConfig = {
      bump: cursor.u8(),
      authority: cursor.key(),
      epochAdmin: cursor.key(),
      guardian: cursor.key(),
      gatekeeper: cursor.key(),
      guard: {
        venue: venueAt(cursor),
        venueAccount: cursor.key(),
        floors: floorsAt(cursor),
        voteGovernance: cursor.key(),
      },
      pending: pendingAt(cursor),
      pause: PAUSES[cursor.tag(PAUSES.length, 'a pause state from 0 to 2')]!,
      guardianPausedAt: cursor.i64(),
      nextEpoch: cursor.u16(),
      nextActivation: cursor.u16(),
      activeEpoch: cursor.option(cursor.u16),
      withdrawalsOpen: cursor.bool(),
      sip: cursor.u32(),
    };
    cursor.take(RESERVED_BYTES);
    const slack = config.activeEpoch === null ? 2 : 0;
    if (cursor.left !== slack) cursor.fail(`${cursor.at + slack} bytes in all`);
    return config;
  });
