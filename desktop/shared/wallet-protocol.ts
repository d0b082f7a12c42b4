import type { Claim, Cluster, ReviewView } from './signer-protocol.ts';

/** JSON between the signer and its page for a browser's wallet, both ways by POST to the page's own address. */

export const WALLET_PATHS = { request: '/request', answer: '/answer' } as const;

/** The token of the page's address, good once. */
export interface ToOpen {
  readonly token: string;
}

/** What the wallet is asked for. */
export interface WalletRequest {
  /** Comes back with each answer. */
  readonly token: string;
  readonly publicKey: string;
  readonly cluster: Cluster;
  /** Base64 of the transaction with empty signatures; the message in it is what counts. */
  readonly transaction: string;
  /** 0, or `legacy`. */
  readonly version: 0 | 'legacy';
  /** For the page's own count of the message inside the transaction. */
  readonly messageOffset: number;
  readonly review: ReviewView;
  readonly claim: Claim;
}

export type WalletAnswer =
  | { readonly token: string; readonly kind: 'signed' /** Base64. */; readonly transaction: string }
  | { readonly token: string; readonly kind: 'refused' };

/** Whether it was taken; if not, why, and another may follow. */
export type WalletReply =
  | { readonly kind: 'taken' }
  | { readonly kind: 'foreign'; readonly sentence: string };
