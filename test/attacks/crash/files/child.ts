import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, parseCalls } from './calls.ts';

/** A process of the console with the shim before its libc. */

/** What happens at call number `at`, or at that many writes for `written`. */
export interface Mishap {
  readonly at: number;
  readonly how:
    | 'before'
    | 'after'
    | 'torn'
    | 'written'
    | `${'once' | 'always'}:${'ENOSPC' | 'EIO' | 'EROFS'}`;
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
  /** The bundled command line. */
  readonly sip: string;
  /** Saves a document as the window's engine does. */
  readonly save: string;
  /** Saves it as no console should: the planted defect. */
  readonly careless: string;
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

/** No process of these takes seconds. */
const TOO_LONG_MS = 120_000;

/** @param watch folder whose calls count */
export async function runChild(
  argv: readonly string[],
  options: { readonly watch: string; readonly mishap?: Mishap },
): Promise<Ran> {
  const log = join(options.watch, '..', `calls-${process.pid}-${Math.random()}.log`);
  const child = spawn(process.execPath, argv, {
    cwd: options.watch,
    env: {
      ...{ PATH: process.env.PATH, HOME: options.watch, SIP_PROJECT: options.watch },
      ...{ LD_PRELOAD: shimPath(), CRASH_WATCH: options.watch, CRASH_LOG: log },
      ...(options.mishap && { CRASH_AT: String(options.mishap.at), CRASH_HOW: options.mishap.how }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TOO_LONG_MS,
    killSignal: 'SIGTERM',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  );
  if (signal === 'SIGTERM')
    throw new Error(`it did not end within ${TOO_LONG_MS / 1000} s: ${argv.join(' ')}`);
  const calls = parseCalls(readFileSync(log, 'utf8'));
  rmSync(log, { force: true });
  return { code, stdout, stderr, calls };
}
