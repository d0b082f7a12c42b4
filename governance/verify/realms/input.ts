import type { Address } from '../../types.ts';
import type { Span } from '../bytes.ts';
import type { DifferenceKind } from '../difference.ts';
import type { AccountBytes } from '../input.ts';
import type { Governance } from './governance.ts';
import type { RealmsProposal } from './proposal.ts';
import type { Realm } from './realm.ts';
import type { ProposalTransaction } from './transaction.ts';

export interface RealmsInput {
  /** The instance of SPL Governance. */
  readonly program: Address;
  /** The proposal asked about. */
  readonly proposal: Address;
  /** The governance it has to be of; null to take it from the proposal. */
  readonly governance: Address | null;
  /** At the addresses of `governanceOf`, `realmOf` and `transactionPlaces`; null where there is none. */
  readonly accounts: {
    readonly proposal: AccountBytes | null;
    readonly governance: AccountBytes | null;
    readonly realm: AccountBytes | null;
    /** In the order of `transactionPlaces`. */
    readonly transactions: readonly (AccountBytes | null)[];
  };
}

/** The verdicts that need no text to compare with. */
export type RealmsFindingKind = Extract<
  DifferenceKind,
  'unreadable' | 'trailing-bytes' | 'wrong-council' | 'ephemeral-signer-present'
>;

export interface RealmsFinding {
  readonly kind: RealmsFindingKind;
  /** The account at fault. */
  readonly account: Address;
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
  /** Offsets into that account's data, `[from, to)`; absent when its absence, address or owner is the fault. */
  readonly bytes?: Span;
}

export interface ReadTransaction extends ProposalTransaction {
  readonly address: Address;
}

/** What stands in a proposal. Nothing here says that it is what a SIP says. */
export interface RealmsReading {
  /** By verdict, then in the order of reading; with none the proposal is read in full. */
  readonly findings: readonly RealmsFinding[];
  /** Null each where it cannot be read. */
  readonly proposal: RealmsProposal | null;
  readonly governance: (Governance & { readonly address: Address }) | null;
  readonly realm: (Realm & { readonly address: Address }) | null;
  /** Signs beside the governance; what a hand-over to Realms would name as authority. */
  readonly treasury: Address | null;
  readonly transactions: readonly ReadTransaction[];
}
