import type {
  DeviceSignRequest,
  FromDevice,
  FromLedger,
  LedgerAddress,
  ToLedger,
} from '#desktop/shared/ledger-protocol.ts';
import type { Ledger } from './device.ts';
import { failureOf, LedgerFailure } from './failure.ts';
import { isPath, MOST_ACCOUNTS } from './paths.ts';

/** The signer's end of a port, whatever carries it. */
export interface DevicePort {
  post(message: FromDevice): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** One question at a time: a device shows one thing. */
export class LedgerService {
  readonly #ledger: Pick<Ledger, 'addresses' | 'show' | 'sign'>;
  #busy = false;

  constructor(ledger: Pick<Ledger, 'addresses' | 'show' | 'sign'>) {
    this.#ledger = ledger;
  }

  async answer(question: Exclude<ToLedger, { kind: 'signer' }>): Promise<FromLedger> {
    const { id } = question;
    try {
      return { id, ok: true, addresses: await this.#alone(() => this.#addresses(question)) };
    } catch (error) {
      return { id, ok: false, error: plain(error) };
    }
  }

  async #addresses(question: Exclude<ToLedger, { kind: 'signer' }>): Promise<readonly LedgerAddress[]> {
    const { signal } = new AbortController();
    if (question.kind === 'show') {
      if (!isPath(question.path)) throw new LedgerFailure('LEDGER_FAILED', 'another path');
      return [await this.#ledger.show(question.path, signal)];
    }
    const { account } = question;
    if (!Number.isSafeInteger(account) || account < 0 || account >= MOST_ACCOUNTS)
      throw new LedgerFailure('LEDGER_FAILED', 'another account');
    return this.#ledger.addresses(account, signal);
  }

  /** One signature over the signer's port; a closed port cancels it on the device. */
  sign(port: DevicePort): Promise<void> {
    const abort = new AbortController();
    port.onClose(() => abort.abort());
    return new Promise((resolve) => {
      port.onMessage((message) => {
        const ended = isRequest(message)
          ? this.#alone(() =>
              this.#ledger.sign(message, abort.signal, (step) => port.post({ kind: 'step', step })),
            )
          : Promise.reject(new LedgerFailure('LEDGER_FAILED', 'no request'));
        void ended
          .then(
            (signature) => port.post({ kind: 'signed', signature }),
            (error) => port.post({ kind: 'failed', error: plain(error) }),
          )
          .then(resolve);
      });
    });
  }

  async #alone<T>(use: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new LedgerFailure('LEDGER_FAILED', 'it is busy with something else');
    this.#busy = true;
    try {
      return await use();
    } finally {
      this.#busy = false;
    }
  }
}

function plain(error: unknown) {
  const { code, sentence, remedy } = failureOf(error);
  return { code, sentence, remedy };
}

function isRequest(value: unknown): value is DeviceSignRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { path, publicKey, message } = value as Partial<Record<keyof DeviceSignRequest, unknown>>;
  return (
    typeof path === 'string' && isPath(path) && typeof publicKey === 'string' && message instanceof Uint8Array
  );
}
