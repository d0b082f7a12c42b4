// The system libraries that Electron needs and the system does not have.
import { aptGets, systemVersion } from '../lib/debian.mjs';
import { Failure } from '../lib/failure.mjs';
import { ask } from '../lib/run.mjs';

/** Debian's packages; all else that `ldd` lists comes with them. */
const PACKAGES = ['libgtk-3-0', 'libasound2', 'libnss3', 'libgbm1', 'libnotify4', 'libusb-1.0-0', 'libudev1'];
/** Renamed when time became 64 bits wide, in Debian 13 and Ubuntu 24.04. */
const RENAMED = new Set(['libgtk-3-0', 'libasound2']);
/** Opened at run time and so unknown to `ldd`: without them there are no notifications and no Ledger. */
const OPENED = ['libnotify.so.4', 'libusb-1.0.so.0', 'libudev.so.1'];

/** Names of the libraries that the executable asks for and the system does not have. */
export function missingLibraries(electron) {
  if (process.platform !== 'linux') return [];
  const listed = ask('ldd', [electron]);
  if (listed === undefined) throw new Failure(`${electron} can't be run on this system.`);
  const linked = [...listed.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  // ldconfig is on root's path only, but anybody may ask it.
  const known = ask('/sbin/ldconfig', ['-p']) ?? OPENED.join();
  return [...linked, ...OPENED.filter((name) => !known.includes(name))];
}

/**
 * The packages that bring what is missing; none when nothing is.
 * @returns {import('../lib/debian.mjs').Package[]}
 */
export function libraryPackages(electron) {
  const missing = missingLibraries(electron);
  if (missing.length === 0) return [];
  if (!aptGets())
    throw new Failure(`The window needs libraries that this system lacks: ${missing.join(', ')}.`);
  const { id, version } = systemVersion();
  // Debian's next release has no number yet.
  const renamed = version === undefined || version >= (id === 'debian' ? 13 : 24.04);
  return PACKAGES.map((name) => ({ name: renamed && RENAMED.has(name) ? `${name}t64` : name }));
}
