// Chromium's sandbox stands on namespaces that a user may make, or on a helper that belongs to root.
import fs from 'node:fs';
import path from 'node:path';
import { ask } from '../lib/run.mjs';

const HELPER = 'chrome-sandbox';
const HELPER_MODE = 0o4755;

const helperOf = (electron) => path.join(path.dirname(electron), HELPER);

/**
 * Whether Chromium's sandbox can work.
 * @param {string} electron @param {(command: string, args: string[]) => [string, string[]]} [as] how a program is run
 *   as the user whose window it is
 */
export function sandboxWorks(electron, as = (command, args) => [command, args]) {
  if (process.platform !== 'linux') return true;
  const helper = fs.statSync(helperOf(electron), { throwIfNoEntry: false });
  if (helper?.uid === 0 && (helper.mode & 0o7777) === HELPER_MODE) return true;
  return ask(...as('unshare', ['--user', '--map-root-user', 'true'])) !== undefined;
}

/** Gives root's helper its rights; only root can, and only where nobody else can write it. */
export function allowHelper(electron) {
  fs.chownSync(helperOf(electron), 0, 0);
  fs.chmodSync(helperOf(electron), HELPER_MODE);
}

/** For ask-root.mjs: a sandbox that works. */
export const sandboxNeed = (electron) => ({
  line: `chown root:root "${helperOf(electron)}" && chmod 4755 "${helperOf(electron)}"`,
  met: () => sandboxWorks(electron),
});
