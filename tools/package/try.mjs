// The package as its user meets it: installed, started, looked at, removed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { asAccount, ensureAccount } from '../desktop/account.mjs';
import { startVirtualDisplay } from '../desktop/virtual-display.mjs';
import { sandboxWorks } from '../electron-runtime/sandbox.mjs';
import { isDebian, isRoot } from '../lib/debian.mjs';
import { Failure } from '../lib/failure.mjs';
import { ask, runOrFail } from '../lib/run.mjs';
import { NAME } from './contents.mjs';

const USER = 'solayer-council-test';
const START_MS = 60_000;
const LOOK_EVERY_MS = 200;

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));

/**
 * Root on Debian installs it by dpkg and removes it again; everybody else unpacks it.
 * @param {string} deb @returns {Promise<string>} what was seen
 */
export async function tryPackage(deb) {
  if (isRoot() && isDebian()) {
    if (ask('dpkg-query', ['-W', '-f=${Status}', NAME])?.startsWith('install ok'))
      throw new Failure(`The package ${NAME} is installed already; it is not replaced for a trial.`);
    const account = await ensureAccount(USER);
    await apt('Installing the package', 'install', deb);
    const seen = await start(`/opt/${NAME}/${NAME}`, account).finally(() =>
      apt('Removing the package', 'purge', NAME),
    );
    if (fs.existsSync(`/opt/${NAME}`)) throw new Failure(`Removing the package left /opt/${NAME}.`);
    return seen;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
  try {
    await runOrFail('Unpacking the package', 'dpkg-deb', ['--extract', deb, folder]);
    return await start(path.join(folder, 'opt', NAME, NAME), undefined);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits for whoever has the packages' lock; what it depends on is there already. */
const apt = (what, verb, named) =>
  runOrFail(what, 'apt-get', [
    '--yes',
    '--no-install-recommends',
    '--option=DPkg::Lock::Timeout=600',
    verb,
    named,
  ]);

async function start(executable, account) {
  if (!sandboxWorks(executable, account && ((command, args) => asAccount(account, command, args))))
    throw new Failure(
      "Chromium's sandbox does not work for this user; the package is not started without it.",
    );
  const display = await startVirtualDisplay(account);
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'package-home-'));
  if (account) fs.chownSync(home, account.uid, account.gid);
  const [command, args] = account
    ? asAccount(account, executable, switches(home))
    : [executable, switches(home)];
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    DISPLAY: display.name,
    XAUTHORITY: display.authority,
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    // What the fuses have to make useless.
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--require=/nonexistent.js',
  };
  const app = spawn(command, args, { cwd: home, env, stdio: 'ignore', detached: true });
  try {
    return await look(home, app);
  } finally {
    process.kill(-app.pid, 'SIGKILL');
    await display.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

const switches = (home) => [`--user-data-dir=${path.join(home, 'electron')}`, '--remote-debugging-port=0'];

/** Until the window shows that its network runs. */
async function look(home, app) {
  const until = Date.now() + START_MS;
  const file = path.join(home, 'electron', 'DevToolsActivePort');
  while (!fs.existsSync(file)) {
    if (app.exitCode !== null) throw new Failure(`The installed console ended with ${app.exitCode}.`);
    if (Date.now() > until) throw new Failure('The installed console opened no window in a minute.');
    await pause();
  }
  const [port] = fs.readFileSync(file, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Failure('The installed console has no page.');
    await page.getByText('Embedded network').first().waitFor({ timeout: START_MS });
    await page.getByText('SIP-8').first().waitFor({ timeout: START_MS });
    return `${await page.title()}: ${page.url()}, its network runs, 7 documents are there`;
  } finally {
    await browser.close().catch(() => undefined);
  }
}
