import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import type { Display } from '#test/app/support/display.ts';
import { environment, give } from '#test/app/support/launcher.ts';
import type { Prepared } from '#test/app/support/prepared.ts';
import { family } from '#test/app/support/processes.ts';
import { PAINTED } from './pages.ts';

/** A window that was started as a user starts it, looked at from outside by Chromium's own port. */
export interface Started {
  readonly page: Page;
  /** Of Chromium's debugging. */
  readonly port: number;
  /** Unix milliseconds: when its process was made. */
  readonly spawnedAt: number;
  /** Unix milliseconds: when its page had painted something first. */
  readonly paintedAt: number;
  /** Bytes in proportion to who else uses them, of all its processes but the embedded network's. */
  memoryBytes(): number;
  end(): Promise<void>;
}

const LOOK_EVERY_MS = 10;

/** @param home kept for another start, or empty for a first one @param more arguments of the app */
export async function start(
  place: Prepared,
  display: Display,
  home: string,
  more: readonly string[] = [],
): Promise<Started> {
  const { electron, app, account } = place;
  give(home, account);
  const port = join(home, 'electron', 'DevToolsActivePort');
  rmSync(port, { force: true });
  const who = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--init-groups'] : [];
  const args = [
    ...who,
    '--',
    electron,
    app,
    `--user-data-dir=${join(home, 'electron')}`,
    '--remote-debugging-port=0',
    ...more,
  ];
  const spawnedAt = Date.now();
  const child = spawn('setpriv', args, {
    cwd: home,
    env: environment(display, home),
    stdio: 'ignore',
    detached: true,
  });
  const pid = child.pid ?? 0;
  // It is there a moment before its content.
  let number = '';
  while (number === '') {
    if (child.exitCode !== null) throw new Error(`the window ended with ${child.exitCode}`);
    await delay(LOOK_EVERY_MS);
    number = existsSync(port) ? (readFileSync(port, 'utf8').split('\n')[0] ?? '') : '';
  }
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${number}`);
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (page === undefined) throw new Error('the window has no page');
  const painted = (await page.evaluate(PAINTED)) as number;
  return {
    page,
    port: Number(number),
    spawnedAt,
    paintedAt: painted,
    memoryBytes: () =>
      sum(
        family(pid)
          .filter((one) => !isNetwork(one.pid))
          .map((one) => pssOf(one.pid)),
      ),
    async end() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-pid, 'SIGKILL');
      await gone;
      await browser.close().catch(() => undefined);
    },
  };
}

export const freshHome = (): string => mkdtempSync(join(tmpdir(), 'bench-window-'));

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function pssOf(pid: number): number {
  try {
    return (
      1024 * Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    );
  } catch {
    return 0; // ended meanwhile
  }
}

/** By the library that only it has mapped. */
function isNetwork(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8').includes('surfpool');
  } catch {
    return false;
  }
}
