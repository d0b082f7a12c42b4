import type { Address, Digest, MembersHash, Pins, UnixSeconds } from '../types.ts';
import type { Difference, Verdict } from './difference.ts';

/** An account as read from the chain, all of one slot. */
export interface AccountBytes {
  readonly address: Address;
  readonly owner: Address;
  readonly data: Uint8Array;
}

/** What the text compiles to for one transaction; the planner's parts have this shape. */
export interface ExpectedPart {
  /** From 1; 0 for the acceptance of a hand-over. */
  readonly part: number;
  readonly parts: number;
  readonly transactionIndex: bigint;
  readonly vaultIndex: number;
  /** Wire form. */
  readonly message: Uint8Array;
  /** Stored form. */
  readonly accountMessage: Uint8Array;
}

/** A SIP's text as the verifier needs it. */
export interface SipText {
  readonly sip: number;
  readonly digest: Digest;
  /**
   * Compiles the text again. Pure; null when the text has no such part.
   * @param councilTx index of the very transaction that carries this part.
   */
  recompile(membersHash: MembersHash, councilTx: bigint, part: number): ExpectedPart | null;
}

export interface VerifyInput {
  readonly pins: Pins;
  /** The transaction asked about. */
  readonly transactionIndex: bigint;
  /** The text its digest was found in, or the text the caller insists on; null when there is none. */
  readonly text: SipText | null;
  /** At the addresses of `accountsToRead`; null where there is none. */
  readonly accounts: {
    readonly multisig: AccountBytes | null;
    readonly transaction: AccountBytes | null;
    readonly proposal: AccountBytes | null;
    /** Of the SIP that the transaction announces. */
    readonly sipRecord: AccountBytes | null;
    /** The program's Config; asked for the acceptance of a hand-over only. */
    readonly config?: AccountBytes | null;
  };
  /** The chain's Clock. */
  readonly clock: UnixSeconds;
}

export interface Verification {
  readonly verdict: Verdict;
  readonly executed: boolean;
  readonly sip: number | null;
  readonly part: number | null;
  readonly parts: number | null;
  readonly transactionIndex: bigint;
  readonly differences: readonly Difference[];
}
