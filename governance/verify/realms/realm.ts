import { type Read, read, type Span } from '../bytes.ts';
import { expectType, roomAt, variant } from './layout.ts';

const WEIGHT_SOURCES = ['supply-fraction', 'absolute'] as const;

export interface Realm {
  readonly communityMint: Uint8Array;
  readonly minCommunityWeightToCreateGovernance: bigint;
  /** What counts as all votes: a fraction of the supply in 10^-10, or a number of base units. */
  readonly maxVoterWeight: {
    readonly source: (typeof WEIGHT_SOURCES)[number];
    readonly value: bigint;
  };
  readonly councilMint: Uint8Array | null;
  /** May change the realm without a vote unless it is one of its governances. */
  readonly authority: Uint8Array | null;
  /** What its address is made of. */
  readonly name: string;
  /** Flags and counter of earlier program versions, which the program keeps and ignores. */
  readonly legacy: readonly [number, number, number];
  readonly spans: {
    readonly communityMint: Span;
    readonly councilMint: Span;
    readonly authority: Span;
    readonly name: Span;
    readonly room: Span;
  };
}

/** A seed's bound, and so a name's. */
const MAX_NAME_BYTES = 32;

/** A realm: as long as with a council mint and an authority, whether it has them or not. */
export const decodeRealm = (data: Uint8Array): Read<Realm> =>
  read(data, (cursor) => {
    expectType(cursor, ['RealmV2']);
    const communityMint = cursor.key();
    const flags = [cursor.u8(), cursor.u8()] as const;
    cursor.zeros(6);
    const minCommunityWeightToCreateGovernance = cursor.u64();
    const source = variant(cursor, WEIGHT_SOURCES, 'a source of vote weight');
    const maxVoterWeight = { source, value: cursor.u64() };
    const councilFrom = cursor.at;
    const councilMint = cursor.option(cursor.key);
    const council: Span = [councilFrom, cursor.at];
    cursor.zeros(6);
    const counter = cursor.u16();
    const authorityFrom = cursor.at;
    const authority = cursor.option(cursor.key);
    const nameFrom = cursor.at;
    const name = cursor.text(MAX_NAME_BYTES);
    const nameTo = cursor.at;
    cursor.zeros(128);
    const unused = (councilMint === null ? 32 : 0) + (authority === null ? 32 : 0);
    return {
      communityMint,
      minCommunityWeightToCreateGovernance,
      maxVoterWeight,
      councilMint,
      authority,
      name,
      legacy: [...flags, counter],
      spans: {
        communityMint: [1, 33],
        councilMint: council,
        authority: [authorityFrom, nameFrom],
        name: [nameFrom, nameTo],
        room: roomAt(cursor, unused),
      },
    };
  });
