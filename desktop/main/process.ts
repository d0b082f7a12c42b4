import { createInterface } from 'node:readline';
import { utilityProcess } from 'electron';
import type { Pipe } from '#desktop/shared/link.ts';
import { withoutPlaces } from '#desktop/shared/places.ts';

export interface Running {
  readonly pipe: Pipe;
  readonly pid: number | undefined;
  /** With ports handed over. */
  post(message: unknown, ports?: Electron.MessagePortMain[]): void;
  readonly exited: Promise<number>;
  kill(): void;
}

/** Starts one of the app's own processes. What it writes to standard error is passed on, in whole lines and without places. */
export function startProcess(file: string, name: string, argument?: string): Running {
  const child = utilityProcess.fork(file, argument === undefined ? [] : [argument], {
    serviceName: name,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (child.stderr)
    createInterface(child.stderr).on('line', (line) => process.stderr.write(`${withoutPlaces(line)}\n`));
  const exited = new Promise<number>((resolve) => child.once('exit', resolve));
  return {
    get pid() {
      return child.pid;
    },
    pipe: {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
    },
    post: (message, ports) => child.postMessage(message, ports),
    exited,
    kill: () => void child.kill(),
  };
}
