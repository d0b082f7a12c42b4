/** Messages of the Ledger's process. Main asks for addresses; only the signer, over a port of its own, asks for a signature. */

/** BIP-32 path without `m/`, e.g. `44'/501'/0'`. */
export type DerivationPath = string;

export interface LedgerAddress {
  readonly path: DerivationPath;
  readonly publicKey: string;
}

export type ToLedger =
  /** Both derivation schemes of one account number, without asking on the device. */
  | { readonly id: number; readonly kind: 'addresses'; readonly account: number }
  /** Shown on the device, and answered once it was confirmed there. */
  | { readonly id: number; readonly kind: 'show'; readonly path: DerivationPath }
  /** With the port over which the signer asks. It has no answer of its own. */
  | { readonly kind: 'signer' };

export const LEDGER_CODES = [
  'LEDGER_ABSENT',
  'LEDGER_UNOPENED',
  'LEDGER_LOCKED',
  'LEDGER_APP_CLOSED',
  'LEDGER_BLIND_SIGNING_OFF',
  'LEDGER_REFUSED',
  'LEDGER_MISMATCH',
  'LEDGER_FAILED',
] as const;
export type LedgerCode = (typeof LEDGER_CODES)[number];

export interface LedgerError {
  readonly code: LedgerCode;
  readonly sentence: string;
  readonly remedy: string;
}

export type FromLedger =
  | { readonly id: number; readonly ok: true; readonly addresses: readonly LedgerAddress[] }
  | { readonly id: number; readonly ok: false; readonly error: LedgerError };

/** What its person has to do at the device now. */
export const DEVICE_STEPS = ['connect', 'open-app', 'compare'] as const;
export type DeviceStep = (typeof DEVICE_STEPS)[number];

/** The signer's one request: bytes that it has read and that were confirmed. */
export interface DeviceSignRequest {
  readonly path: DerivationPath;
  readonly publicKey: string;
  readonly message: Uint8Array;
}

export type FromDevice =
  | { readonly kind: 'step'; readonly step: DeviceStep }
  | { readonly kind: 'signed'; readonly signature: Uint8Array }
  | { readonly kind: 'failed'; readonly error: LedgerError };
