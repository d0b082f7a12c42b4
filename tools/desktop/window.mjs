// Opening the window: everything it stands on, then Electron in the foreground.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { libraryPackages } from '../electron-runtime/libraries.mjs';
import { ensureElectron } from '../electron-runtime/path.mjs';
import { sandboxNeed } from '../electron-runtime/sandbox.mjs';
import { askRoot } from '../lib/ask-root.mjs';
import { ensurePackages, isDebian, isRoot, packagesNeed } from '../lib/debian.mjs';
import { Failure } from '../lib/failure.mjs';
import { programPackages } from '../programs/ensure.mjs';
import { asAccount } from './account.mjs';
import { assembleApp } from './assemble.mjs';
import { placed } from './placed.mjs';
import { handOverCookie } from './screen.mjs';

const USER = 'solayer-council';
/** Chromium's complaints about a desktop's buses that are not there are nothing a user can act on; what is fatal it still says. */
const QUIET = '--log-level=3';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Of root's environment, what another user's window may know. */
const HANDED_ON = /^(PATH|LANG|LANGUAGE|LC_\w+|TZ|TERM|DISPLAY)$/;

/** System packages and a sandbox that works; whoever can't install them is asked once for all. */
async function ensureSystem(electron) {
  const libraries = libraryPackages(electron);
  if (isRoot() && isDebian()) {
    if (libraries.length > 0) await ensurePackages(libraries, 'the window');
    return;
  }
  const packages = [...libraries, ...(await programPackages())];
  await askRoot(
    isRoot() ? [packagesNeed(packages)] : [packagesNeed(packages), sandboxNeed(electron)],
    'The window',
  );
}

async function accountEnvironment(account) {
  const cookie = await handOverCookie(account);
  const handedOn = Object.entries(process.env).filter(([name]) => HANDED_ON.test(name));
  return {
    ...Object.fromEntries(handedOn),
    HOME: account.home,
    USER: account.name,
    LOGNAME: account.name,
    ...(cookie === undefined ? {} : { XAUTHORITY: cookie }),
  };
}

/** Runs it where we are, hands signals on and ends as it ends. */
function foreground(command, args, options) {
  return new Promise((resolve, reject) => {
    // A session of its own: Ctrl-C reaches it once, from us, so that it can still ask before it closes.
    const child = spawn(command, args, {
      ...options,
      stdio: 'inherit',
      detached: process.platform !== 'win32',
    });
    for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => reject(new Failure(`Electron could not be started: ${error.message}.`)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/**
 * Opens the window and returns its exit code when it is closed.
 * @param {readonly string[]} args for the app: a link to open @param {readonly string[]} switches for Chromium
 */
export async function openWindow(args, switches) {
  const electron = await ensureElectron();
  await ensureSystem(electron);
  const place = await placed(USER, electron, await assembleApp());
  const all = [place.app, QUIET, ...switches, ...args];
  if (place.account === undefined) return foreground(place.electron, all, {});
  const env = await accountEnvironment(place.account);
  const [command, commandArgs] = asAccount(place.account, place.electron, all);
  return foreground(command, commandArgs, { env, cwd: place.account.home });
}
