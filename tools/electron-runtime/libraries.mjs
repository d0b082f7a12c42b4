// The system libraries that Electron needs: which are missing, and getting them.
import { setTimeout as delay } from 'node:timers/promises';
import { aptGets, ensurePackages, installLine, isDebian, isRoot, systemVersion } from '../lib/debian.mjs';
import { Failure } from '../lib/failure.mjs';
import { ask } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';

/** Debian's packages; all else that `ldd` lists comes with them. */
const PACKAGES = ['libgtk-3-0', 'libasound2', 'libnss3', 'libgbm1', 'libnotify4'];
/** Renamed when time became 64 bits wide, in Debian 13 and Ubuntu 24.04. */
const RENAMED = new Set(['libgtk-3-0', 'libasound2']);
/** Opened at run time and so unknown to `ldd`: without it there are no notifications. */
const OPENED = ['libnotify.so.4'];
const LOOK_EVERY_MS = 1000;

function packages() {
  const { id, version } = systemVersion();
  // Debian's next release has no number yet.
  const renamed = version === undefined || version >= (id === 'debian' ? 13 : 24.04);
  return PACKAGES.map((name) => ({ name: renamed && RENAMED.has(name) ? `${name}t64` : name }));
}

/** Names of the libraries that the executable asks for and the system does not have. */
export function missingLibraries(electron) {
  if (process.platform !== 'linux') return [];
  const listed = ask('ldd', [electron]);
  if (listed === undefined) throw new Failure(`${electron} can't be run on this system.`);
  const linked = [...listed.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  // ldconfig is for root's path, but anybody may ask it.
  const known = ask('/sbin/ldconfig', ['-p']) ?? OPENED.join();
  return [...linked, ...OPENED.filter((name) => !known.includes(name))];
}

/**
 * Makes sure that the libraries are there: installs them as root on Debian, else tells the line to run and waits
 * until somebody has run it.
 * @param {string} electron the executable @param {{ wait?: boolean }} [options] without `wait` it is a Failure
 */
export async function ensureLibraries(electron, { wait = false } = {}) {
  const missing = missingLibraries(electron);
  if (missing.length === 0) return;
  if (isDebian() && isRoot()) return ensurePackages(packages(), 'the window');
  if (!aptGets())
    throw new Failure(`The window needs libraries that this system lacks: ${missing.join(', ')}.`);
  const line = installLine(packages());
  if (!wait) throw new Failure(`The window needs system packages. Run this once, then try again:\n  ${line}`);
  say(
    `The window needs system packages. Run this in another terminal; the start goes on by itself:\n  ${line}`,
  );
  while (missingLibraries(electron).length > 0) await delay(LOOK_EVERY_MS);
}
