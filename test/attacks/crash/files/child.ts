import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type Call, parseCalls } from './calls.ts';
import { countAsDead, forget } from './dead.ts';

/** A process of the console with the shim before its libc. */

/** What happens at call number `at`, or at that many writes for `written`; `stop` is at every call for 0. */
export interface Mishap {
  readonly at: number;
  readonly how:
    | 'before'
    | 'after'
    | 'torn'
    | 'written'
    | 'stop'
    | `${'once' | 'always'}:${'ENOSPC' | 'EIO' | 'EROFS'}`;
}

/** A process that stands still at a call, and goes on once it was looked at. */
export interface Stop {
  readonly number: number;
  readonly how: 'before' | 'torn' | 'after';
  readonly pid: number;
  /** Its calls by now. */
  calls(): readonly Call[];
}

export interface Ran {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly Call[];
}

const root = process.env.SIP_PROJECT ?? process.cwd();
const made = join(root, 'build', 'attacks');

/** Compiled once for each text of it. */
let shim: string | undefined;
function shimPath(): string {
  if (shim !== undefined) return shim;
  const source = join(root, 'test', 'attacks', 'crash', 'files', 'shim.c');
  const target = join(made, `shim-${Math.trunc(statSync(source).mtimeMs)}.so`);
  if (statSync(target, { throwIfNoEntry: false }) === undefined) {
    mkdirSync(made, { recursive: true });
    const fresh = `${target}.${process.pid}-${Math.random()}`;
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', fresh, source, '-ldl']);
    renameSync(fresh, target);
  }
  shim = target;
  return target;
}

interface Programs {
  /** The bundled command line: as a program, and the module with its `main`. */
  readonly sip: string;
  readonly main: string;
  /** Saves a document as the window's engine does. */
  readonly save: string;
  /** Saves it as no console should: the planted defect. */
  readonly careless: string;
  /** Does one command after the other. */
  readonly serve: string;
}
let programs: Programs | undefined;
export function programPaths(): Programs {
  programs ??= JSON.parse(
    execFileSync(process.execPath, ['test/attacks/crash/files/programs.mjs'], {
      ...{ cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    }),
  ) as Programs;
  return programs;
}

/** No process of these takes seconds, unless it stands still. */
const TOO_LONG_MS = 120_000;
const STOPPING_TOO_LONG_MS = 1_800_000;

/** @param environment what the shim is told */
export const spawnWithShim = (
  argv: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...more: readonly ('pipe' | 'ipc')[]
): ChildProcess =>
  spawn(process.execPath, argv, {
    cwd: folder,
    env: {
      ...{ PATH: process.env.PATH, HOME: folder, SIP_PROJECT: folder, LD_PRELOAD: shimPath() },
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...more],
  });

/** The shim's third channel; `look` may take its time. @param stuck told where `look` throws */
export function answerStops(
  child: ChildProcess,
  log: () => string,
  look: (stop: Stop) => Promise<void>,
  stuck: (error: unknown) => void,
): Duplex {
  const stops = child.stdio[3] as Duplex;
  const pid = child.pid ?? 0;
  stops.on('data', (line: Buffer) => {
    const [number = '', how = ''] = line.toString().trim().split(' ');
    const stop = { number: Number(number), how: how as Stop['how'], pid };
    void look({ ...stop, calls: () => parseCalls(readFileSync(log(), 'utf8')) }).then(
      () => stops.write('.'),
      stuck,
    );
  });
  return stops;
}

/**
 * @param watch folder whose calls count
 * @param standsMs milliseconds since 1970 at which its clock stands
 * @param onStop it stands still at every call until this is done; it counts as dead meanwhile
 */
export async function runChild(
  argv: readonly string[],
  options: {
    readonly watch: string;
    readonly mishap?: Mishap;
    /** Calls on sockets are not counted. */
    readonly filesOnly?: boolean;
    readonly standsMs?: number;
    readonly onStop?: (stop: Stop) => Promise<void>;
  },
): Promise<Ran> {
  const { watch, standsMs, onStop, filesOnly } = options;
  const mishap = onStop ? ({ at: 0, how: 'stop' } as const) : options.mishap;
  const log = join(watch, '..', `calls-${process.pid}-${Math.random()}.log`);
  const child = spawnWithShim(
    argv,
    watch,
    {
      ...{ CRASH_WATCH: watch, CRASH_LOG: log },
      ...{ CRASH_AT: String(mishap?.at ?? 0), CRASH_HOW: `${filesOnly ? 'files-' : ''}${mishap?.how ?? ''}` },
      ...(standsMs !== undefined && { CRASH_TIME: String(standsMs) }),
    },
    ...(onStop ? (['pipe'] as const) : []),
  );
  const pid = child.pid ?? 0;
  let failed: { readonly error: unknown } | undefined;
  const end = (error: unknown): void => {
    failed ??= { error };
    child.kill('SIGKILL');
  };
  const limitMs = onStop ? STOPPING_TOO_LONG_MS : TOO_LONG_MS;
  const late = setTimeout(
    () => end(new Error(`it did not end within ${limitMs / 1000} s: ${argv.join(' ')}`)),
    limitMs,
  );
  if (onStop) {
    countAsDead(pid);
    answerStops(child, () => log, onStop, end);
  }
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(late);
  forget(pid);
  const calls = parseCalls(readFileSync(log, 'utf8'));
  rmSync(log, { force: true });
  if (failed) throw failed.error;
  return { code, stdout, stderr, calls };
}
