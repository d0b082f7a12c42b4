import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../tools/sip.mjs', import.meta.url));

export interface Running {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The first line of standard output. */
  readonly line: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** `sip …` as a user's shell starts it. */
export function spawnSip(
  argv: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; through?: 'npm' } = {},
): Running {
  const command = options.through
    ? (['npm', ['run', '--silent', 'sip', '--', ...argv]] as const)
    : ([process.execPath, [LAUNCHER, ...argv]] as const);
  const child = spawn(command[0], command[1], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const line = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    ended.then(({ code }) => reject(new Error(`it ended with ${code} before a line: ${stderr}`)));
  });
  line.catch(() => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { child, stdout: () => stdout, stderr: () => stderr, line, ended };
}

/** Runs to the end. */
export async function sip(argv: readonly string[], options: Parameters<typeof spawnSip>[1] = {}) {
  const running = spawnSip(argv, options);
  const { code } = await running.ended;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
