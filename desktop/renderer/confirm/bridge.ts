import type { ToConfirm } from '#desktop/shared/signer-protocol.ts';

/** What preload/confirm.ts puts into this page: the signer's end of one channel, and nothing of the app. */
export interface Confirmation {
  onReview(listener: (message: ToConfirm) => void): void;
  sign(token: string): void;
  signed(token: string, signature: string): void;
  refuse(): void;
  /** What became of it, in a sentence. */
  openPage(how: 'open' | 'copy', url: string): Promise<string>;
  handOut(how: 'copy' | 'save', text: string): Promise<string>;
}

declare global {
  interface Window {
    readonly confirmation: Confirmation;
  }
}
