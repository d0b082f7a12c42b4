import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** One process of a running app, as Linux tells about it. */
export interface AppProcess {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  /** Chromium's name for what it does: main, zygote, renderer, gpu-process, utility. */
  readonly type: string;
  /** Of a utility process: what it is for. */
  readonly purpose: string | undefined;
  /** 0 none, 1 strict, 2 filter. */
  readonly seccomp: number;
  readonly command: string;
}

const LOOK_EVERY_MS = 50;

function look(pid: number): AppProcess | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // Chromium writes its own title over the arguments, with blanks between them.
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const number = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]);
    if (/^State:\s*[ZX]/m.test(status)) return undefined;
    return {
      pid,
      parent: number('PPid'),
      uid: number('Uid'),
      type: /--type=(\S+)/.exec(command)?.[1] ?? 'main',
      purpose: /--utility-sub-type=(\S+)/.exec(command)?.[1],
      seccomp: number('Seccomp'),
      command,
    };
  } catch {
    return undefined; // ended while we looked
  }
}

/** Everything that runs and fits. */
export function processes(fits: (process: AppProcess) => boolean): AppProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => look(Number(name)))
    .filter((found) => found !== undefined)
    .filter(fits);
}

/** The process and all that it started, directly or not. */
export function family(pid: number): AppProcess[] {
  const all = processes(() => true);
  const found = all.filter((process) => process.pid === pid);
  for (const member of found) found.push(...all.filter((process) => process.parent === member.pid));
  return found;
}

/** Ends those that are still there after a while, and says which. */
export async function endLeft(pids: readonly number[], waitMs: number): Promise<number[]> {
  const until = Date.now() + waitMs;
  const left = () => pids.filter((pid) => look(pid) !== undefined);
  while (left().length > 0 && Date.now() < until) await delay(LOOK_EVERY_MS);
  const stubborn = left();
  for (const pid of stubborn) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ended meanwhile
    }
  }
  return stubborn;
}
