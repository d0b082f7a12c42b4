import { type BrowserWindow, MessageChannelMain } from 'electron';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import { offerHandOut } from './handout.ts';
import type { LedgerProcess } from './ledger.ts';
import { type Running, startProcess } from './process.ts';
import { offerPage } from './wallet-page.ts';

/** Shape of what the engine wants signed; the signer checks each field, main only carries it. */
export type SignRequest = Readonly<Record<string, unknown>>;

interface Answer {
  readonly id: number;
  readonly ok: boolean;
  readonly signature?: Uint8Array;
  readonly publicKey?: string;
  readonly error?: { readonly code: string; readonly sentence: string; readonly remedy: string };
}

const onLedger = ({ source }: SignRequest): boolean =>
  typeof source === 'object' && source !== null && 'kind' in source && source.kind === 'ledger';

/** Joins the signer to a confirm window for each signature. Neither the engine nor the app's window is on that channel. */
export class Signatures {
  readonly #file: string;
  readonly #openConfirm: () => BrowserWindow;
  readonly #ledger: LedgerProcess;
  #signer: Running | undefined;
  readonly #open = new Set<BrowserWindow>();
  #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  /** @param file of the signer's process @param openConfirm a fresh confirm window */
  constructor(file: string, openConfirm: () => BrowserWindow, ledger: LedgerProcess) {
    this.#file = file;
    this.#openConfirm = openConfirm;
    this.#ledger = ledger;
  }

  inspect(path: string): Promise<Envelope<unknown>> {
    return this.#ask({ kind: 'inspect', path });
  }

  async sign(request: SignRequest): Promise<Envelope<unknown>> {
    const window = this.#openConfirm();
    offerHandOut(window);
    offerPage(window);
    const { port1, port2 } = new MessageChannelMain();
    window.webContents.once('did-finish-load', () => window.webContents.postMessage('signer', null, [port2]));
    this.#open.add(window);
    // Closing the window closes its port, which the signer takes as a refusal; so is a page that crashed.
    window.once('closed', () => port2.close());
    window.webContents.once('render-process-gone', () => window.destroy());
    try {
      const ports = onLedger(request) ? [port1, this.#ledger.openPort()] : [port1];
      return await this.#ask({ ...request, kind: 'sign' }, ports);
    } finally {
      this.#open.delete(window);
      if (!window.isDestroyed()) window.destroy();
    }
  }

  /** Whoever asked is gone: what is waiting to be confirmed is refused. */
  refuseAll(): void {
    for (const window of this.#open) window.destroy();
  }

  #ask(message: object, ports?: Electron.MessagePortMain[]): Promise<Envelope<unknown>> {
    const signer = this.#running();
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, ({ ok, signature, publicKey, error }) => {
        if (ok) resolve(answered(signature ?? publicKey));
        else
          resolve(
            failed({
              code: error?.code ?? 'SIGNER_PROTOCOL',
              message: error?.sentence ?? 'The signer gave no reason.',
              sent: 'no',
              remedy: error?.remedy ?? '',
            }),
          );
      });
      signer.post({ ...message, id }, ports);
    });
  }

  /** Started when it is first needed, and again after it has died. */
  #running(): Running {
    if (this.#signer) return this.#signer;
    const signer = startProcess(this.#file, 'signer');
    this.#signer = signer;
    signer.pipe.onMessage((message) => {
      const answer = message as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    void signer.exited.then(() => {
      this.#signer = undefined;
      const error = {
        code: 'SIGNER_GONE',
        sentence: 'The signer ended before it had signed.',
        remedy: 'Try again; nothing was signed.',
      };
      for (const [id, settle] of this.#waiting) settle({ id, ok: false, error });
      this.#waiting.clear();
    });
    return signer;
  }

  stop(): void {
    this.#signer?.kill();
  }
}
