/** Brands and small shapes that more than one folder of governance/ speaks. */

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Canonical base58 of 32 bytes. */
export type Address = Brand<string, 'Address'>;
/** Lower-case hex of 32 bytes: SHA-256 of a SIP's canonical bytes. */
export type Digest = Brand<string, 'Digest'>;
/** Lower-case hex of 32 bytes: SHA-256 of the council's members (key ‖ permission mask, in stored order). */
export type MembersHash = Brand<string, 'MembersHash'>;
/** Seconds since 1970 on the chain's Clock, never the computer's. */
export type UnixSeconds = Brand<bigint, 'UnixSeconds'>;

export type Sent = 'no' | 'yes' | 'unknown';

/** What the pinned configuration of a deployment fixes; a SIP's bytes depend on nothing else but its text. */
export interface Pins {
  /** The restaking program. */
  readonly programId: Address;
  /** The Squads multisig account, by full address. */
  readonly council: Address;
  /** PDA(council, vault 0): the program's authority. */
  readonly vault: Address;
}

export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
