import { join } from 'node:path';
import { answered, type Envelope, failed } from '#desktop/shared/envelope.ts';
import { type Running, startProcess } from './process.ts';

/** A loaded computer may need several times the usual 0.2 s. */
const START_MS = 30_000;

/** The embedded network's process; one at a time, ends with the app. */
export class NetworkProcess {
  #running: Running | undefined;

  /** @returns its addresses, as governance/sandbox/network-host.mjs tells them */
  async start(appFolder: string, slotMs: number): Promise<Envelope<unknown>> {
    this.stop();
    const running = startProcess(
      join(appFolder, 'network-host.mjs'),
      'embedded network',
      JSON.stringify({ slotMs }),
    );
    this.#running = running;
    void running.exited.then(() => {
      if (this.#running === running) this.#running = undefined;
    });
    const ready = new Promise<Envelope<unknown>>((resolve) => {
      const fail = (reason: string) =>
        resolve(
          failed({
            code: 'SANDBOX_START_FAILED',
            message: `The embedded network did not start: ${reason}.`,
            sent: 'no',
            remedy: 'Close the console and start it again.',
          }),
        );
      const timer = setTimeout(() => fail(`no answer in ${START_MS / 1000} s`), START_MS);
      void running.exited
        .then((code) => fail(`its process ended with ${code}`))
        .then(() => clearTimeout(timer));
      running.pipe.onMessage((message) => {
        clearTimeout(timer);
        const { kind, rpcUrl, wsUrl, reason } = message as Record<string, string | undefined>;
        if (kind === 'ready') resolve(answered({ pid: running.pid ?? 0, rpcUrl, wsUrl }));
        else fail(reason ?? 'it sent no address');
      });
    });
    return ready;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get exited(): Promise<unknown> {
    return this.#running?.exited ?? Promise.resolve();
  }

  stop(): void {
    this.#running?.kill();
    this.#running = undefined;
  }
}
