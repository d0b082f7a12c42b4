import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SipError } from '#governance/errors.ts';
import { projectRoot } from './project.ts';

/**
 * The usual is 0.2 s, a loaded machine needs several times that. Seldom Surfpool hangs while it starts and never
 * answers: then another one is started in its place.
 */
const START_MS = [10_000, 15_000, 20_000] as const;
const STOP_MS = 5_000;

export interface NetworkHost {
  readonly pid: number;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  /** Settles when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Spawns the embedded network, empty, on free ports of 127.0.0.1.
 * @throws SipError SANDBOX_UNSUPPORTED, SANDBOX_START_FAILED
 */
export async function startHost(slotMs: number): Promise<NetworkHost> {
  requireSupport();
  const [first, second, last] = START_MS;
  return (
    (await tryHost(slotMs, first)) ?? (await tryHost(slotMs, second)) ?? silent(await tryHost(slotMs, last))
  );
}

function silent(host: NetworkHost | undefined): NetworkHost {
  if (host !== undefined) return host;
  const seconds = START_MS.map((ms) => ms / 1000).join(', ');
  throw new SipError('SANDBOX_START_FAILED', { reason: `no answer in ${seconds} s, from three processes` });
}

/** Undefined where it did not answer in time; it is gone then. */
async function tryHost(slotMs: number, startMs: number): Promise<NetworkHost | undefined> {
  const child = fork(hostFile(), [JSON.stringify({ slotMs })], {
    // The parent's loaders and inspectors are none of the host's business.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = () => end(child, exited);
  try {
    const ready = await readiness(child, startMs);
    if (ready === undefined) {
      await stop();
      return undefined;
    }
    const { rpcUrl, wsUrl } = ready;
    return { pid: child.pid!, rpcUrl, wsUrl, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @throws SipError SANDBOX_UNSUPPORTED where Surfpool has no build */
export function requireSupport(platform: string = process.platform, arch: string = process.arch): void {
  if (platform !== 'linux' || arch !== 'x64') throw new SipError('SANDBOX_UNSUPPORTED', { platform, arch });
}

function hostFile(): string {
  const beside = fileURLToPath(new URL('./network-host.mjs', import.meta.url));
  // A bundle has only its own file beside it.
  return existsSync(beside) ? beside : join(projectRoot(), 'governance', 'sandbox', 'network-host.mjs');
}

function readiness(
  child: ChildProcess,
  startMs: number,
): Promise<{ rpcUrl: string; wsUrl: string } | undefined> {
  return new Promise((resolve, reject) => {
    let errors = '';
    const timer = setTimeout(() => resolve(undefined), startMs);
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new SipError('SANDBOX_START_FAILED', { reason }));
    };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2_000);
    });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(errors.trim() || `its process ended with ${code}`));
    child.once('message', (message: unknown) => {
      const { kind, rpcUrl, wsUrl, reason } = message as Record<string, string | undefined>;
      if (kind !== 'ready' || rpcUrl === undefined || wsUrl === undefined)
        return fail(reason ?? 'it sent no address');
      clearTimeout(timer);
      resolve({ rpcUrl, wsUrl });
    });
  });
}

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
