// Starting other programs: output kept for the error report, signals passed on to the whole family.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { Failure } from './failure.mjs';

const running = new Set();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function stopAll(signal) {
  for (const child of running) {
    try {
      // The child leads a process group of its own (POSIX), so its compilers end with it.
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // Already gone.
    }
  }
}

function onSignal(signal) {
  stopAll(signal);
  process.exit(128 + constants.signals[signal]);
}
const onExit = () => stopAll('SIGTERM');

// Listeners stand only while something runs: afterwards signals belong to whoever comes next in this process.
function started(child) {
  if (running.size === 0) {
    for (const signal of SIGNALS) process.on(signal, onSignal);
    process.on('exit', onExit);
  }
  running.add(child);
}

function ended(child) {
  if (!running.delete(child) || running.size > 0) return;
  for (const signal of SIGNALS) process.off(signal, onSignal);
  process.off('exit', onExit);
}

/**
 * Runs a program to its end.
 * @param {string} command @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, show?: boolean }} [options]
 *   `show` lets it write where we write, else its output is collected; `onLine` sees each line of it.
 * @returns {Promise<{ code: number, out: string, err: string }>} code is 128 + n after signal n
 */
export function run(command, args, { cwd, env = process.env, onLine, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    if (child.pid !== undefined) started(child);
    const text = { out: '', err: '' };
    for (const [name, stream] of [
      ['out', child.stdout],
      ['err', child.stderr],
    ]) {
      stream?.setEncoding('utf8');
      let open = '';
      stream?.on('data', (chunk) => {
        text[name] += chunk;
        if (!onLine) return;
        const lines = (open + chunk).split('\n');
        open = lines.pop();
        for (const line of lines) onLine(line.trim());
      });
    }
    child.once('error', (error) => {
      ended(child);
      reject(new Failure(`Could not start ${command}: ${error.message}.`, { cause: error }));
    });
    child.once('close', (code, signal) => {
      ended(child);
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), ...text });
    });
  });
}

/** As `run`, but any exit code other than 0 is a Failure with the last lines of what the program said. */
export async function runOrFail(what, command, args, options = {}) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  const tail = `${result.out}\n${result.err}`.trim().split('\n').slice(-40).join('\n');
  throw new Failure(`${what} failed (${command}, exit ${result.code})${tail ? `:\n${tail}` : '.'}`);
}

/** Whether the program can be started, and what it prints; quick questions only. */
export function ask(command, args, env = process.env) {
  const result = spawnSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
