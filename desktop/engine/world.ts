import type { Cluster } from '#desktop/shared/signer-protocol.ts';
import type { Seat } from '#desktop/shared/views/index.ts';
import type { ChainReader, Files, Rpc, Signer } from '#governance/chain/ports.ts';
import type { SendPorts } from '#governance/chain/send.ts';
import type { NameOf } from '#governance/cli/render/words.ts';
import type { SipError } from '#governance/errors.ts';
import type { Snapshot } from '#governance/lifecycle/track.ts';
import type { Quorum } from '#governance/profile/schema.ts';
import type { Sandbox } from '#governance/sandbox/start.ts';
import type { Pins } from '#governance/types.ts';
import type { Documents } from './documents.ts';
import type { Key } from './keyring.ts';
import type { OpenRequests } from './open-requests.ts';
import type { TextStore } from './store.ts';

/** What the console says of a signature that it asks for. */
export interface Claim {
  readonly title: string;
  readonly verdict: string | null;
  readonly digest: string | null;
  readonly transactionIndex: bigint | null;
}

/** What its user added to every deployment, or to this one. */
export interface Added {
  keys(): readonly Key[];
  /** Paths of folders with SIPs. */
  sources(): readonly string[];
  readonly store: TextStore;
}

/** A deployment that the console works with: the embedded network (worlds/embedded.ts) or a profile's (worlds/profile.ts). */
export interface World {
  /** Name of the profile. */
  readonly profile: string;
  readonly cluster: Cluster;
  /** Where what is shown was read, after "Read from". */
  readonly where: string;
  /** The network inside this computer; null where it is somebody else's. */
  readonly sandbox: Sandbox | null;
  /** What it says of accounts and clock is what the quorum agrees on, or the first endpoint's word while it does not. */
  readonly rpc: Rpc;
  /** For what a signature rests on. @throws SipError QUORUM_MISSED, ENDPOINT_DISSENTS while they do not agree */
  readonly agreed: ChainReader;
  readonly pins: Pins;
  /** Of the cluster that the endpoints have to be of. */
  readonly genesisHash: string;
  readonly documents: Documents;
  readonly requests: OpenRequests;
  readonly files: Files;
  /** Keys that can sign here, with what the council lets them do as of the last snapshot. */
  readonly seats: readonly Seat[];
  readonly nameOf: NameOf;
  readonly journal: string;
  readonly quorum: Quorum;
  /** Why nothing may be signed now: the endpoints of the profile do not agree, or are too few. */
  disagreement(): SipError | null;
  /** An endpoint whose word differs from that of those that agree. */
  dissent(): SipError | null;
  snapshot(): Promise<Snapshot>;
  /** The newest there was, however old. */
  lastSnapshot(): Snapshot | undefined;
  /** Why the newest reading that has ended failed; undefined where it did not. */
  lastFailure(): unknown;
  /** Signs through the confirm window. @throws SipError USAGE when nobody may sign */
  signer(seatId: string | null, claim: Claim): Signer;
  /** With the journal open and settled. @throws SipError QUORUM_MISSED before anything is signed */
  sending<T>(work: (ports: SendPorts) => Promise<T>): Promise<T>;
}
