import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCalls, printedBy } from './calls.ts';
import { answerStops, type Mishap, programPaths, type Ran, type Stop, spawnWithShim } from './child.ts';
import { countAsDead } from './dead.ts';
import type { Scenario } from './scenarios.ts';
import type { Asked, Served } from './serve.ts';

/** Many commands in one process with the shim: what a process each would do, without starting Node for each. */

const TOO_LONG_MS = 300_000;

interface Server {
  readonly child: ChildProcess;
  readonly orders: string;
}
let server: Server | undefined;
/** Of the command that runs. */
let onStop: ((stop: Stop) => Promise<void>) | undefined;
let log = '';

function serverOf(): Server {
  if (server) return server;
  const folder = mkdtempSync(join(tmpdir(), 'sip-orders-'));
  const orders = join(folder, 'orders');
  writeFileSync(`${orders}.rest`, '');
  const { serve, main } = programPaths();
  const child = spawnWithShim([serve, orders, main], folder, { CRASH_ORDERS: orders }, 'pipe', 'ipc');
  const stops = answerStops(
    child,
    () => log,
    async (stop) => onStop?.(stop),
    (error) => child.emit('error', error),
  );
  // Nothing waits for it: it ends with this process.
  for (const one of [child, child.channel, child.stdout, child.stderr, stops])
    (one as { unref?(): void } | undefined | null)?.unref?.();
  child.stdout?.resume();
  child.once('exit', () => {
    server = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  countAsDead(child.pid ?? 0);
  server = { child, orders };
  return server;
}

/**
 * @param watch folder whose calls count
 * @param options.dead processes that count as dead
 */
export async function runServed(
  program: Scenario['program'],
  words: readonly string[],
  watch: string,
  options: {
    readonly mishap?: Mishap;
    readonly standsMs?: number;
    readonly dead?: readonly number[];
    /** The call at which it stands still. */
    readonly stopAt?: number;
    readonly onStop?: (stop: Stop) => Promise<void>;
  } = {},
): Promise<Ran> {
  const { child, orders } = serverOf();
  onStop = options.onStop;
  log = join(watch, '..', `calls-${process.pid}-${Math.random()}.log`);
  const { at, how } = options.onStop
    ? { at: options.stopAt, how: 'stop' }
    : (options.mishap ?? { at: 0, how: '' });
  writeFileSync(`${orders}.run`, [watch, log, at ?? 0, how, options.standsMs ?? 0].join('\n'));
  const asked: Asked = { program, words, folder: watch, dead: options.dead ?? [] };
  let died = '';
  child.stderr?.removeAllListeners('data').on('data', (text: Buffer) => {
    died += text.toString();
  });
  const { code, stderr } = await new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    const late = setTimeout(
      () => child.emit('error', new Error(`it did not end: ${words.join(' ')}`)),
      TOO_LONG_MS,
    );
    const done = (result: { code: number | null; stderr: string }) => {
      clearTimeout(late);
      child.off('message', answered).off('exit', exited).off('error', reject);
      resolve(result);
    };
    const answered = (served: Served) => done(served);
    const exited = (ended: number | null) => done({ code: ended, stderr: died });
    child.on('message', answered).on('exit', exited).on('error', reject);
    child.send(asked);
  });
  const calls = parseCalls(readFileSync(log, 'utf8'));
  rmSync(log, { force: true });
  return { code, stdout: printedBy(calls), stderr, calls };
}
