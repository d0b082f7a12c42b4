import type { ToConfirm } from '#desktop/shared/signer-protocol.ts';

/** What preload/confirm.ts puts into this page: the signer's end of one channel, and nothing of the app. */
export interface Confirmation {
  onReview(listener: (message: ToConfirm) => void): void;
  sign(token: string): void;
  refuse(): void;
}

declare global {
  interface Window {
    readonly confirmation: Confirmation;
  }
}
