import { MessageChannelMain } from 'electron';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import type { FromLedger, ToLedger } from '#desktop/shared/ledger-protocol.ts';
import { type Running, startProcess } from './process.ts';

type Question<T = ToLedger> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

/** The Ledger's process, started when a Ledger is first asked for. Main asks it for addresses only. */
export class LedgerProcess {
  readonly #file: string;
  readonly #simulator: string | undefined;
  #running: Running | undefined;
  readonly #waiting = new Map<number, (answer: FromLedger) => void>();
  #last = 0;

  /** @param simulator port of a simulated device on this computer, for tests */
  constructor(file: string, simulator: string | undefined) {
    this.#file = file;
    this.#simulator = simulator;
  }

  ask(question: Question): Promise<Envelope<unknown>> {
    const running = this.#start();
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => {
        if (answer.ok) return resolve(answered(answer.addresses));
        const { code, sentence, remedy } = answer.error;
        resolve(failed({ code, message: sentence, sent: 'no', remedy }));
      });
      running.post({ ...question, id });
    });
  }

  /** The signer's end of a channel on which the process answers one request for a signature. */
  openPort(): Electron.MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#start().post({ kind: 'signer' } satisfies ToLedger, [port1]);
    return port2;
  }

  #start(): Running {
    if (this.#running) return this.#running;
    const running = startProcess(this.#file, 'ledger', this.#simulator);
    this.#running = running;
    running.pipe.onMessage((message) => {
      const answer = message as FromLedger;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    void running.exited.then(() => {
      this.#running = undefined;
      const error = {
        code: 'LEDGER_FAILED',
        sentence: 'The part of the console that talks to a Ledger has ended.',
        remedy: 'Nothing was signed. Reconnect the Ledger and try again.',
      } as const;
      for (const [id, settle] of this.#waiting) settle({ id, ok: false, error });
      this.#waiting.clear();
    });
    return running;
  }

  stop(): void {
    this.#running?.kill();
  }
}
