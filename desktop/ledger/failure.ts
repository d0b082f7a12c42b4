import type { LedgerCode, LedgerError } from '#desktop/shared/ledger-protocol.ts';

const SAYS: Readonly<Record<LedgerCode, readonly [sentence: string, remedy: string]>> = {
  LEDGER_ABSENT: ['No Ledger is connected.', 'Connect it by USB, unlock it and try again.'],
  LEDGER_UNOPENED: [
    'The Ledger is there, but this user may not open it.',
    'Close other wallets. On Linux, install the vendor’s udev rules (package ledger-wallets-udev), then connect it again.',
  ],
  LEDGER_LOCKED: ['The Ledger is locked.', 'Enter its PIN and try again.'],
  LEDGER_APP_CLOSED: [
    'The Solana app is not open on the Ledger.',
    'Open the Solana app there and try again.',
  ],
  LEDGER_BLIND_SIGNING_OFF: [
    'The Solana app can’t show a Squads instruction, and blind signing is off.',
    'In the Solana app: Settings, Allow blind sign, Yes. Then compare the hash on the device with the one in this window each time.',
  ],
  LEDGER_REFUSED: ['It was refused on the Ledger.', 'Nothing was signed. Ask again when you want to sign.'],
  LEDGER_MISMATCH: [
    'The Ledger holds another key at this path.',
    'Connect the Ledger that was added in Settings, or add this one.',
  ],
  LEDGER_FAILED: [
    'The Ledger did not answer as it should.',
    'Reconnect it, open the Solana app and try again.',
  ],
};

/** Why a device gave nothing. */
export class LedgerFailure extends Error implements LedgerError {
  readonly code: LedgerCode;
  readonly sentence: string;
  readonly remedy: string;
  /** @param detail what the device said, in words or a status */
  constructor(code: LedgerCode, detail?: string) {
    const [sentence, remedy] = SAYS[code];
    super(sentence);
    this.code = code;
    this.sentence = detail === undefined ? sentence : `${sentence} (${detail})`;
    this.remedy = remedy;
  }
}

/** By status word (ISO 7816) or the kit's tag. 6808: the Solana app wants blind signing; 6985, 5501: refused there. */
const BY_STATUS: Readonly<Record<string, LedgerCode>> = {
  '6808': 'LEDGER_BLIND_SIGNING_OFF',
  '6985': 'LEDGER_REFUSED',
  '5501': 'LEDGER_REFUSED',
  '5515': 'LEDGER_LOCKED',
  '6e00': 'LEDGER_APP_CLOSED',
  '6e01': 'LEDGER_APP_CLOSED',
  '6807': 'LEDGER_APP_CLOSED',
};
const BY_TAG: Readonly<Record<string, LedgerCode>> = {
  DeviceLockedError: 'LEDGER_LOCKED',
  RefusedByUserDAError: 'LEDGER_REFUSED',
  ActionRefusedError: 'LEDGER_REFUSED',
  AppNotInstalledDAError: 'LEDGER_APP_CLOSED',
  OpeningConnectionError: 'LEDGER_UNOPENED',
  NoAccessibleDeviceError: 'LEDGER_UNOPENED',
};

/** What the kit threw or reported, as one of ours; its text is not passed on, but the status is. */
export function failureOf(error: unknown): LedgerFailure {
  if (error instanceof LedgerFailure) return error;
  for (let at = error, depth = 0; isRecord(at) && depth < 4; at = at.originalError, depth++) {
    const status = statusOf(at.errorCode);
    const code = (status === undefined ? undefined : BY_STATUS[status]) ?? BY_TAG[String(at._tag)];
    if (code !== undefined) return new LedgerFailure(code);
    if (status !== undefined) return new LedgerFailure('LEDGER_FAILED', `status ${status}`);
  }
  const tag = isRecord(error) && typeof error._tag === 'string' ? error._tag : undefined;
  return new LedgerFailure('LEDGER_FAILED', tag);
}

function statusOf(code: unknown): string | undefined {
  if (typeof code === 'string') return code.toLowerCase();
  return code instanceof Uint8Array ? Buffer.from(code).toString('hex') : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
