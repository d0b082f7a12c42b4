import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { Display } from './display.ts';
import { type Account, type Prepared, prepared } from './prepared.ts';
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
  mkdirSync(dataDir, { recursive: true });
  for (const folder of [own, dataDir]) give(folder, place.account);
  const userData = `--user-data-dir=${join(dataDir, 'electron')}`;
  const log = join(own, 'output.txt');
  writeFileSync(log, '');
  let app: ElectronApplication | undefined;
  try {
    app = await _electron.launch({
      executablePath: launcher(place, own, log),
      args: [place.app, userData, ...(options.args ?? [])],
      env: { ...environment(options.display, dataDir), ...options.env },
      cwd: dataDir,
      chromiumSandbox: true,
      timeout: ATTACH_MS,
    });
    const main = app.process();
    const window = await app.firstWindow({ timeout: ATTACH_MS });
    const running = app;
    let written: string | undefined;
    return {
      app,
      window,
      dataDir,
      output: () => written ?? readFileSync(log, 'utf8'),
      processes: () => family(main.pid!),
      close: async () => {
        await close(running, userData);
        written = readFileSync(log, 'utf8');
        rmSync(own, { recursive: true, force: true });
      },
    };
  } catch (error) {
    if (app) await close(app, userData);
    const written = readFileSync(log, 'utf8');
    rmSync(own, { recursive: true, force: true });
    throw new Error(`The app was not launched: ${String(error)}\nIt wrote:\n${written}`, { cause: error });
  }
}

/**
 * A program that becomes Electron, as the other user where there is one; it ends with the tests. What it writes goes to
 * the log from the first byte on, standard error to Playwright as well, which reads there where to attach.
 */
function launcher({ electron, account }: Prepared, folder: string, log: string): string {
  const file = join(folder, 'electron.sh');
  const errors = join(folder, 'stderr');
  const who = account ? `--reuid=${account.uid} --regid=${account.gid} --init-groups ` : '';
  const script = [
    '#!/bin/sh',
    `mkfifo '${errors}'`,
    `(tee -a '${log}' <'${errors}' >&2 &)`,
    `exec setpriv --pdeathsig KILL ${who}-- '${electron}' "$@" >>'${log}' 2>'${errors}'`,
  ];
  writeFileSync(file, `${script.join('\n')}\n`, { mode: 0o755 });
  return file;
}

/** Nothing of this process's environment but what finds programs. */
function environment(display: Display, dataDir: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    DISPLAY: display.name,
    XAUTHORITY: display.authority,
    HOME: dataDir,
    XDG_CONFIG_HOME: join(dataDir, 'config'),
    XDG_DATA_HOME: join(dataDir, 'share'),
    XDG_CACHE_HOME: join(dataDir, 'cache'),
    // Without one Electron would look for the bus of whoever runs the tests.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
}

/** Makes the folder and all in it the user's. */
function give(at: string, account: Account | undefined): void {
  if (account === undefined) return;
  const stat = lstatSync(at);
  chownSync(at, account.uid, account.gid);
  if (stat.isDirectory()) for (const name of readdirSync(at)) give(join(at, name), account);
}

/** All but the zygotes carry the folder in their command line; those end with main, however it ended. */
async function close(app: ElectronApplication, userData: string): Promise<void> {
  const main = app.process();
  const belongs = (process: AppProcess) => process.command.includes(userData);
  const pids = [...family(main.pid!), ...processes(belongs)].map(({ pid }) => pid);
  const timer = setTimeout(() => main.kill('SIGKILL'), CLOSE_MS);
  await app.close().catch(() => main.kill('SIGKILL'));
  clearTimeout(timer);
  await endLeft(pids, CLOSE_MS);
}
