import type { Review, SigningPins } from '#governance/verify/signing/index.ts';
import type { DerivationPath, DeviceStep, LedgerCode } from './ledger-protocol.ts';

/** Messages of the signer's process. Between it and main: questions with an id. On the confirm window's port: one review. */

export type Cluster = 'embedded' | 'local' | 'devnet' | 'testnet' | 'mainnet';

/** What the console says of the request; shown apart from what the signer read itself. */
export interface Claim {
  readonly title: string;
  readonly verdict: string | null;
  readonly digest: string | null;
}

export interface KeypairSource {
  readonly kind: 'keypair';
  readonly path: string;
  /** A key in a file is refused on mainnet unless its user opted in. */
  readonly allowMainnet: boolean;
}

/** The key is on another machine: the message goes out, the signature comes in by hand. */
export interface OfflineSource {
  readonly kind: 'offline';
}

/** The key is in a Ledger, which the signer reaches by a port of its own. */
export interface LedgerSource {
  readonly kind: 'ledger';
  readonly path: DerivationPath;
}

/** The key is in a wallet of the browser; the signer serves it one page on this computer. */
export interface BrowserSource {
  readonly kind: 'browser';
}

export type KeySource = KeypairSource | OfflineSource | LedgerSource | BrowserSource;

export interface SignRequest {
  readonly source: KeySource;
  readonly publicKey: string;
  readonly message: Uint8Array;
  readonly pins: SigningPins;
  readonly cluster: Cluster;
  /** Decimal; which transaction a vote or an execution is about. */
  readonly transactionIndex: string | null;
  readonly claim: Claim;
}

export type ToSigner =
  | { readonly id: number; readonly kind: 'inspect'; readonly path: string }
  | ({ readonly id: number; readonly kind: 'sign' } & SignRequest)
  /** Ends the signature asked for under this id as if its person had refused; it has no answer of its own. */
  | { readonly id: number; readonly kind: 'abort' };

/** What the signer's own failures are called; `INTERNAL` and `SIGNATURE_INVALID` are defects. */
export type SignerCode =
  | 'SIGNING_REFUSED'
  | 'SIGNING_GRAMMAR'
  | 'KEYPAIR_UNREADABLE'
  | 'KEYPAIR_EXPOSED'
  | 'KEYPAIR_MALFORMED'
  | 'KEYPAIR_MISMATCH'
  | 'KEYPAIR_ON_MAINNET'
  | 'SIGNER_BUSY'
  | 'SIGNER_PROTOCOL'
  | 'SIGNATURE_INVALID'
  | 'SIGNATURE_FOREIGN'
  | 'WALLET_PAGE_FAILED'
  | 'STATEMENT_UNSUPPORTED'
  | LedgerCode
  | 'INTERNAL';

export interface SignerError {
  readonly code: SignerCode;
  readonly sentence: string;
  readonly remedy: string;
}

export type FromSigner =
  | { readonly id: number; readonly ok: true; readonly publicKey: string }
  | { readonly id: number; readonly ok: true; readonly signature: Uint8Array }
  | { readonly id: number; readonly ok: false; readonly error: SignerError };

/** To the confirm window; bigints as decimal strings. */
export type ToConfirm =
  | {
      readonly kind: 'review';
      /** Comes back exactly once, or nothing is signed. */
      readonly token: string;
      readonly review: ReviewView;
      readonly claim: Claim;
      readonly cluster: Cluster;
      readonly publicKey: string;
      readonly how: HowToSign;
    }
  /** After `sign`: what its person has to do at the Ledger. */
  | { readonly kind: 'device'; readonly step: DeviceStep }
  /** After `sign`: where the browser finds the page for its wallet. */
  | { readonly kind: 'page'; readonly url: string }
  /** The signature that was given belongs to something else; another one may be given. */
  | { readonly kind: 'foreign'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string };

/** Where the key is, as far as the confirm window has to do with it. */
export type HowToSign =
  | { readonly kind: 'keypair' | 'ledger' | 'browser' }
  /** The JSON text that goes to the other machine, see governance/handoff/signing-request.ts. */
  | { readonly kind: 'offline'; readonly handout: string };

export interface ReviewView extends Pick<Review, 'kind' | 'title' | 'lines' | 'inner' | 'messageHash'> {
  readonly transactionIndex: string | null;
  readonly announcement: { readonly sip: number; readonly digest: string } | null;
  /** No transaction: it has no blockhash with which it would end. */
  readonly statement?: true;
}

export type FromConfirm =
  | { readonly kind: 'sign'; readonly token: string }
  /** Base58 of 64 bytes, made on another machine. */
  | { readonly kind: 'signed'; readonly token: string; readonly signature: string }
  | { readonly kind: 'refuse' };
