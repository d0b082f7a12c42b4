import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { Display } from './display.ts';
import { environment, give, launcher } from './launcher.ts';
import { prepared } from './prepared.ts';
import { type AppProcess, endLeft, family, processes } from './processes.ts';

export interface LaunchOptions {
  readonly display: Display;
  /** After the app's own: switches of Chromium, deep links. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Everything the app writes; left out: an empty folder that goes when the app is closed. */
  readonly dataDir?: string;
  /** Another app folder than this project's. */
  readonly app?: string;
}

export interface Launched {
  readonly app: ElectronApplication;
  /** The first window. */
  readonly window: Page;
  readonly dataDir: string;
  /** What the main process has written so far, both streams. */
  output(): string;
  /** The main process and all below it. */
  processes(): AppProcess[];
  /** Starts the app a second time, as a click on a deep link does; gives the exit code of that second process. */
  startAgain(args: readonly string[]): Promise<number>;
  /** Closes the app as its user would; ends what is still there afterwards. */
  close(): Promise<void>;
}

const ATTACH_MS = 60_000;
const CLOSE_MS = 10_000;

/** The app as a user starts it, with Chromium's sandbox, never as root. */
export async function launchApp(options: LaunchOptions): Promise<Launched> {
  const place = await prepared(options.app);
  const own = mkdtempSync(join(tmpdir(), 'app-'));
  const dataDir = options.dataDir ?? join(own, 'data');
  const userData = `--user-data-dir=${join(dataDir, 'electron')}`;
  const env = { ...environment(options.display, dataDir), ...options.env };
  const { program, log } = launcher(place, own, 'app');
  let app: ElectronApplication | undefined;
  try {
    for (const folder of [own, dataDir]) give(folder, place.account);
    app = await _electron.launch({
      executablePath: program,
      args: [place.app, userData, ...(options.args ?? [])],
      env,
      cwd: dataDir,
      chromiumSandbox: true,
      timeout: ATTACH_MS,
    });
    const window = await app.firstWindow({ timeout: ATTACH_MS });
    const running = app;
    // Once it has died it is asked in vain.
    const main = running.process();
    let [times, written]: [number, string | undefined] = [1, undefined];
    return {
      app,
      window,
      dataDir,
      output: () => written ?? readFileSync(log, 'utf8'),
      processes: () => family(main.pid!),
      startAgain: (args) => {
        const again = launcher(place, own, `app-${++times}`);
        return exitCode(again.program, [place.app, userData, ...args], { env, cwd: dataDir });
      },
      close: async () => {
        if (written !== undefined) return;
        await close(running, main, userData);
        written = readFileSync(log, 'utf8');
        rmSync(own, { recursive: true, force: true });
      },
    };
  } catch (error) {
    if (app) await close(app, app.process(), userData);
    const written = readFileSync(log, 'utf8');
    rmSync(own, { recursive: true, force: true });
    throw new Error(`The app was not launched: ${String(error)}\nIt wrote:\n${written}`, { cause: error });
  }
}

function exitCode(
  program: string,
  args: readonly string[],
  options: { env: Record<string, string>; cwd: string },
): Promise<number> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { ...options, timeout: ATTACH_MS, killSignal: 'SIGKILL' });
    child.once('exit', (code) => resolve(code ?? -1));
  });
}

/** All but the zygotes carry the folder in their command line; those end with main, however it ended. */
async function close(app: ElectronApplication, main: ChildProcess, userData: string): Promise<void> {
  const belongs = (process: AppProcess) => process.command.includes(userData);
  const pids = [...family(main.pid!), ...processes(belongs)].map(({ pid }) => pid);
  const timer = setTimeout(() => main.kill('SIGKILL'), CLOSE_MS);
  await app.close().catch(() => main.kill('SIGKILL'));
  clearTimeout(timer);
  await endLeft(pids, CLOSE_MS);
}
